#!lua
-- Opens a round. One step, because a channel has one round a date and one open round at any instant.
-- KEYS[1] the tenant's journal
-- KEYS[2] the tenant's rounds
-- KEYS[3] when rounds were closed early
-- KEYS[4] the channel's rounds by date
-- KEYS[5] the channel's rounds by opening
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] channel
-- ARGV[3] round
-- ARGV[4] the day of its date, counted from 1970-01-01
-- ARGV[5] instant it opens
-- ARGV[6] instant it closes by plan
-- ARGV[7] date
-- ARGV[8] question
-- ARGV[9] instant at which it was closed early, or ''
-- ARGV[10] how many rounds of a channel are kept unpacked
-- Returns the round that is kept: id, row, closed early at; then an older round to be packed, or ''.

local function closeOf(id)
  local _, closesAt = string.match(redis.call('HGET', KEYS[2], id), '^(%d+) (%d+)')
  return tonumber(redis.call('HGET', KEYS[3], id) or closesAt)
end

local kept = redis.call('ZRANGEBYSCORE', KEYS[4], ARGV[4], ARGV[4])[1]
if kept then
  return { kept, redis.call('HGET', KEYS[2], kept), redis.call('HGET', KEYS[3], kept) or '', '' }
end
journal()
local id, opensAt = ARGV[3], tonumber(ARGV[5])
local row = table.concat({ ARGV[5], ARGV[6], ARGV[7], ARGV[2], ARGV[8] }, ' ')
redis.call('HSET', KEYS[2], id, row)
if ARGV[9] ~= '' then redis.call('HSET', KEYS[3], id, ARGV[9]) end

-- All before its neighbour have closed by the neighbour's opening.
local before = redis.call('ZREVRANGEBYSCORE', KEYS[5], '(' .. ARGV[5], '-inf', 'LIMIT', 0, 1)[1]
if before and closeOf(before) > opensAt then redis.call('HSET', KEYS[3], before, ARGV[5]) end
-- Openings may come out of order: a round that comes after its successor is closed by it all the same.
local after = redis.call('ZRANGEBYSCORE', KEYS[5], '(' .. ARGV[5], '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
if after and closeOf(id) > tonumber(after) then redis.call('HSET', KEYS[3], id, after) end

redis.call('ZADD', KEYS[4], ARGV[4], id)
redis.call('ZADD', KEYS[5], ARGV[5], id)
local old = redis.call('ZREVRANGE', KEYS[4], ARGV[10], ARGV[10])[1]
return { id, row, redis.call('HGET', KEYS[3], id) or '', old or '' }
