#!lua
-- Removes from the copy of a journal what was removed from the journal since. One step, because both may change.
-- KEYS[1] the journal
-- KEYS[2] the copy
-- KEYS[3] who copies
-- ARGV[1] the last entry that was looked at, or '-'
-- ARGV[2] how many
-- ARGV[3] the name of the run
-- Returns the last entry that was looked at now, '' where none is left, 'other' where another run has
-- begun.

if redis.call('GET', KEYS[3]) ~= ARGV[3] then return 'other' end
local from = ARGV[1] == '-' and '-' or '(' .. ARGV[1]
local found = redis.call('XRANGE', KEYS[2], from, '+', 'COUNT', ARGV[2])
if #found == 0 then return '' end
local last = found[#found][1]
local stands = {}
for _, one in ipairs(redis.call('XRANGE', KEYS[1], found[1][1], last)) do stands[one[1]] = true end
for _, one in ipairs(found) do
  if not stands[one[1]] then redis.call('XDEL', KEYS[2], one[1]) end
end
return last
