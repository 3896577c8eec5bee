#!lua
-- With: packed
-- With: answers
-- Empties the text of an old answer and the quotes in its result. One step, because its entry gets another number.
-- KEYS[1] the tenant's journal
-- KEYS[2] the member's days
-- KEYS[3] the member's answers
-- KEYS[4] who answered the round; in practice: the member's practice
-- KEYS[5] the tenant's rounds
-- KEYS[6] the packed answers of an old round
-- KEYS[7] the board of the round's week
-- KEYS[8] of its month
-- KEYS[9] and of all time; in practice: KEYS[5] three times
-- ARGV[1] number of its entry
-- ARGV[2] the result as it is known, as JSON
-- ARGV[3] the same without quotes
-- Returns 1 where it was emptied; 0 where it has another result by now, or is gone.

local fields = entry(ARGV[1])
if not fields or fields[16] ~= ARGV[2] then return 0 end
fields[14], fields[16] = '""', ARGV[3]
local id = redis.call('XADD', KEYS[1], '0-*', unpack(fields))
redis.call('XDEL', KEYS[1], '0-' .. ARGV[1])
replaceNumber(tonumber(ARGV[1]), tonumber(string.sub(id, 3)), tonumber(fields[18]), fields[6] == '', fields)
return 1
