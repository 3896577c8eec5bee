#!lua flags=no-writes
-- All answers to a round. One step, because an answer that is rewritten meanwhile changes its number.
-- KEYS[1] the tenant's journal
-- KEYS[2] who answered the round
-- KEYS[3] the packed answers of an old round
-- Returns entries in any order.

local rows = table.concat(redis.call('HVALS', KEYS[2])) .. (redis.call('GET', KEYS[3]) or '')
local found = {}
for at = 1, #rows, 5 do found[#found + 1] = entry(struct.unpack('>I4', rows, at)) end
return found
