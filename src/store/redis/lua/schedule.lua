#!lua
-- Keeps a channel's schedule. One step, because the later revision stays, and goes with the instant it is due.
-- KEYS[1] the shard's journal
-- KEYS[2] the shard's schedules
-- KEYS[3] when channels are due
-- KEYS[4] the tenant's channels
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] tenant
-- ARGV[3] channel
-- ARGV[4] revision
-- ARGV[5] instant at which the clock is to look at it first
-- ARGV[6] the schedule as JSON
-- Returns '' where it is kept, or the one that is kept instead.

local name = ARGV[2] .. '|' .. ARGV[3]
local kept = redis.call('HGET', KEYS[2], name)
if kept then
  local revision, schedule = string.match(kept, '^(%d+) (.*)$')
  if tonumber(revision) >= tonumber(ARGV[4]) then return schedule == ARGV[6] and '' or schedule end
end
journal()
redis.call('HSET', KEYS[2], name, ARGV[4] .. ' ' .. ARGV[6])
redis.call('SADD', KEYS[4], ARGV[3])
redis.call('ZADD', KEYS[3], ARGV[1] == '' and ARGV[5] or 0, name)
return ''
