#!lua
-- Channels whose time has come; where a lease is given, each is put off by it. One step, because no two processes may
-- be given the same channel.
-- KEYS[1] when channels are due
-- KEYS[2] the shard's schedules
-- ARGV[1] the present instant
-- ARGV[2] the instant they are put off to, or ''
-- ARGV[3] how many at most
-- Returns due at, schedule as JSON, the longest overdue first.

local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[3])
local found = {}
for at = 1, #due, 2 do
  local kept = redis.call('HGET', KEYS[2], due[at])
  if kept then
    found[#found + 1] = due[at + 1]
    found[#found + 1] = string.match(kept, '^%d+ (.*)$')
  end
  if ARGV[2] ~= '' then redis.call('ZADD', KEYS[1], ARGV[2], due[at]) end
end
return found
