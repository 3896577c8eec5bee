#!lua flags=no-writes
-- A channel's last rounds. One step, because a round is closed by the opening of the next.
-- KEYS[1] the tenant's rounds
-- KEYS[2] when rounds were closed early
-- KEYS[3] the channel's rounds by date
-- ARGV[1] how many at most
-- Returns id, row, closed early at, the newest date first.

local found = {}
for _, id in ipairs(redis.call('ZREVRANGE', KEYS[3], 0, tonumber(ARGV[1]) - 1)) do
  found[#found + 1] = id
  found[#found + 1] = redis.call('HGET', KEYS[1], id)
  found[#found + 1] = redis.call('HGET', KEYS[2], id) or ''
end
return found
