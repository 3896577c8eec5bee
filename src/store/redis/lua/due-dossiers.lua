#!lua
-- Dossiers of one kind whose time has come, each put off. One step, because no two processes may be given the same.
-- KEYS[1] the shard's journal
-- KEYS[2] the shard's dossiers
-- KEYS[3] when those of the kind are due
-- ARGV[1] the present instant
-- ARGV[2] the instant they are put off to
-- ARGV[3] how many at most
-- Returns due at and entry of each, the longest overdue first.

local due = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[3])
local found = {}
for at = 1, #due, 2 do
  local kept = entry(string.match(redis.call('HGET', KEYS[2], due[at]) or '0', '^%d+'))
  if kept then found[#found + 1] = { due[at + 1], kept } end
  redis.call('ZADD', KEYS[3], ARGV[2], due[at])
end
return found
