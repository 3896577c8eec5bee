#!lua
-- Has every channel of a shard looked at by an instant at the latest, and at once one that had lost its place among the
-- due. One step, because a channel may be planned anew meanwhile.
-- KEYS[1] when channels are due
-- KEYS[2] the shard's schedules
-- ARGV[1] instant
-- Returns how many there are.

for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf')) do
  redis.call('ZADD', KEYS[1], ARGV[1], name)
end
local count = redis.call('HLEN', KEYS[2])
if count ~= redis.call('ZCARD', KEYS[1]) then
  for _, name in ipairs(redis.call('HKEYS', KEYS[2])) do redis.call('ZADD', KEYS[1], 'NX', 0, name) end
end
return count
