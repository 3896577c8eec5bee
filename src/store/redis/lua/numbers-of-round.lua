#!lua flags=no-writes
-- With: packed
-- The numbers of all answers to a round. One step, because a round may be packed between two reads.
-- KEYS[1] who answered the round
-- KEYS[2] the packed answers of an old round
-- Returns numbers of entries in any order.

local numbers = {}
for _, rows in ipairs({ table.concat(redis.call('HVALS', KEYS[1])), redis.call('GET', KEYS[2]) or '' }) do
  for _, row in ipairs(unpackRows(rows)) do numbers[#numbers + 1] = row[1] end
end
return numbers
