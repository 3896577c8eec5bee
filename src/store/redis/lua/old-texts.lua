#!lua flags=no-writes
-- Answers of a journal that were sent before an instant and still have their text, some of the journal at a time.
-- One step, because the texts of all the others would have to go over the wire.
-- KEYS[1] the journal
-- ARGV[1] the entry behind which to begin, or '-'
-- ARGV[2] how many are looked at
-- ARGV[3] the instant
-- Returns the last entry that was looked at ('' where none is left), then number and fields of each that was found.

local from = ARGV[1] == '-' and '-' or '(' .. ARGV[1]
local looked = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', ARGV[2])
local found = { #looked == 0 and '' or looked[#looked][1] }
for _, one in ipairs(looked) do
  local fields = one[2]
  if fields[2] == 'answer' and fields[14] ~= '""' and tonumber(fields[12]) < tonumber(ARGV[3]) then
    found[#found + 1] = string.sub(one[1], 3)
    found[#found + 1] = fields
  end
end
return found
