#!lua flags=no-writes
-- The numbers of all answers to a round. One step, because a round may be packed between two reads.
-- KEYS[1] who answered the round
-- KEYS[2] the packed answers of an old round
-- Returns numbers of entries in any order.

local rows = table.concat(redis.call('HVALS', KEYS[1])) .. (redis.call('GET', KEYS[2]) or '')
local numbers = {}
for at = 1, #rows, 5 do numbers[#numbers + 1] = (struct.unpack('>I4', rows, at)) end
return numbers
