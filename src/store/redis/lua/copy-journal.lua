#!lua
-- Copies entries of a journal behind the last one that was copied: removed entries leave their bytes in the stream, and
-- none in its copy. One step for many, because the texts would have to go over the wire and back.
-- KEYS[1] the journal
-- KEYS[2] the copy
-- KEYS[3] who copies
-- ARGV[1] the last entry that was copied, or '-'
-- ARGV[2] how many
-- ARGV[3] the name of the run
-- Returns the last entry that was copied now, '' where none is left, 'other' where another run has
-- begun.

if redis.call('GET', KEYS[3]) ~= ARGV[3] then return 'other' end
local from = ARGV[1] == '-' and '-' or '(' .. ARGV[1]
local found = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', ARGV[2])
for _, one in ipairs(found) do redis.call('XADD', KEYS[2], one[1], unpack(one[2])) end
return #found == 0 and '' or found[#found][1]
