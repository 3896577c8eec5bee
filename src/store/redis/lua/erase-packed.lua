#!lua
-- With: packed
-- Removes answers from those of an old round. One step, because an answer that comes late is added there as well.
-- KEYS[1] the packed answers
-- ARGV[1] numbers with commas between them
-- Returns how many are left.

local kept = redis.call('GET', KEYS[1])
if not kept then return 0 end
local gone, rows = {}, {}
for number in string.gmatch(ARGV[1], '%d+') do gone[tonumber(number)] = true end
for _, row in ipairs(unpackRows(kept)) do
  if not gone[row[1]] then rows[#rows + 1] = row end
end
-- An empty one stays: it says that the round is packed.
redis.call('SET', KEYS[1], packRows(rows))
return #rows
