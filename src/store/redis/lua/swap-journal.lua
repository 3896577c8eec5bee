#!lua
-- Puts the copy of a journal in its place, where both hold the same. One step, because an entry that is written in
-- between would be lost.
-- KEYS[1] the journal
-- KEYS[2] the copy
-- KEYS[3] who copies
-- ARGV[1] the last entry that was copied, or '-'
-- ARGV[2] the name of the run
-- Returns 1 where it was done; 0 where entries were removed from the journal meanwhile; -1 where
-- another run has begun.

if redis.call('GET', KEYS[3]) ~= ARGV[2] then return -1 end
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('UNLINK', KEYS[2], KEYS[3])
  return 1
end
local from = ARGV[1] == '-' and '-' or '(' .. ARGV[1]
for _, one in ipairs(redis.call('XRANGE', KEYS[1], from, '+')) do
  redis.call('XADD', KEYS[2], one[1], unpack(one[2]))
end
if redis.call('XLEN', KEYS[1]) ~= redis.call('XLEN', KEYS[2]) then return 0 end
-- Numbers go on from where the journal stood, also where its last entries were removed: none is given twice.
local id = redis.call('XADD', KEYS[1], '0-*', 'k', 'end')
redis.call('XADD', KEYS[2], id, 'k', 'end')
redis.call('XDEL', KEYS[2], id)
redis.call('RENAME', KEYS[2], KEYS[1])
redis.call('UNLINK', KEYS[3])
return 1
