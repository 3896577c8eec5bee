#!lua
-- Forgets a dossier. One step, because its text goes out of the journal with it.
-- KEYS[1] the shard's journal
-- KEYS[2] the shard's dossiers
-- KEYS[3] their names, sorted
-- KEYS[4] when those of the kind are due
-- ARGV[1] its name
-- Returns 1 where there was one.

local number = string.match(redis.call('HGET', KEYS[2], ARGV[1]) or '', '^(%d+) ')
if not number then return 0 end
redis.call('XDEL', KEYS[1], '0-' .. number)
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
return 1
