#!lua flags=no-writes
-- Entries of a journal that hold one of two texts anywhere, some of the journal at a time. One step, because the texts
-- of all the others would have to go over the wire.
-- KEYS[1] the journal
-- ARGV[1] the entry behind which to begin, or '-'
-- ARGV[2] how many are looked at
-- ARGV[3] a text
-- ARGV[4] another one
-- Returns the last entry that was looked at ('' where none is left), then number and fields of each that was found.

local from = ARGV[1] == '-' and '-' or '(' .. ARGV[1]
local looked = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', ARGV[2])
local found = { #looked == 0 and '' or looked[#looked][1] }
for _, one in ipairs(looked) do
  for at = 4, #one[2], 2 do
    if string.find(one[2][at], ARGV[3], 1, true) or string.find(one[2][at], ARGV[4], 1, true) then
      found[#found + 1] = string.sub(one[1], 3)
      found[#found + 1] = one[2]
      break
    end
  end
end
return found
