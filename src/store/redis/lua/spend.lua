#!lua
-- Takes one from each of three buckets, or from none. One step, by the server's clock, because a member that sends too
-- much is to cost the others nothing, and no process's clock is to be trusted.
-- KEYS[1] when the first bucket is full again, in microseconds
-- KEYS[2] the second
-- KEYS[3] the third
-- ARGV[1] microseconds in which one comes back to the first
-- ARGV[2] to the second
-- ARGV[3] to the third
-- ARGV[4] the window of all, in microseconds
-- Returns microseconds until every one has one again, 0 where it was taken.

local time = redis.call('TIME')
local now, window = tonumber(time[1]) * 1000000 + tonumber(time[2]), tonumber(ARGV[4])
local full, wait = redis.call('MGET', KEYS[1], KEYS[2], KEYS[3]), 0
for at = 1, 3 do
  full[at] = math.max(now, tonumber(full[at] or 0) or 0) + tonumber(ARGV[at])
  wait = math.max(wait, full[at] - now - window)
end
if wait > 0 then return math.ceil(wait) end
for at = 1, 3 do
  -- What has no limit need not be counted.
  if tonumber(ARGV[at]) >= 1 then
    local life = math.ceil((full[at] - now) / 1000) + 1
    redis.call('SET', KEYS[at], string.format('%.0f', full[at]), 'PX', string.format('%.0f', life))
  end
end
return 0
