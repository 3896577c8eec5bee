#!lua
-- Removes a key, or a part of it whatever it is. One step, because what kind of key it is may not change in between.
-- KEYS[1] the key
-- ARGV[1] the field or the member, '' for the whole key
-- Returns 1 where there was one.

if ARGV[1] == '' then return redis.call('UNLINK', KEYS[1]) end
local kind = redis.call('TYPE', KEYS[1]).ok
if kind == 'hash' then return redis.call('HDEL', KEYS[1], ARGV[1]) end
if kind == 'set' then return redis.call('SREM', KEYS[1], ARGV[1]) end
if kind == 'zset' then return redis.call('ZREM', KEYS[1], ARGV[1]) end
return 0
