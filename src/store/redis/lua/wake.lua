#!lua
-- Says when to look at a channel next. One step, because a plan of an older revision must not replace a newer one.
-- KEYS[1] when channels are due
-- KEYS[2] the shard's schedules
-- ARGV[1] tenant
-- ARGV[2] channel
-- ARGV[3] revision
-- ARGV[4] instant
-- Returns 1 where it was planned.

local name = ARGV[1] .. '|' .. ARGV[2]
local revision = string.match(redis.call('HGET', KEYS[2], name) or '', '^(%d+) ')
if tonumber(revision or -1) ~= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[4], name)
return 1
