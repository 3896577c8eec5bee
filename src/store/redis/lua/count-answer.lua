#!lua
-- With: packed
-- With: answers
-- Counts an answer that an older release recorded on the boards. One step, because its member may answer meanwhile.
-- KEYS[1] the tenant's journal
-- KEYS[2] the member's days
-- KEYS[3] the member's answers
-- KEYS[4] who answered the round
-- KEYS[5] the tenant's rounds
-- KEYS[6] the packed answers of an old round
-- KEYS[7] the board of the round's week
-- KEYS[8] of its month
-- KEYS[9] and of all time
-- ARGV[1] number of its entry
-- Returns 1 where it is still there.

local fields = entry(ARGV[1])
local round = fields and redis.call('HGET', KEYS[5], fields[6])
if not round then return 0 end
local row = openRow(KEYS[2])
putOnBoards(row, round, fields[4], tonumber(fields[12]), pointsOf(fields), 0)
keepRow(row)
return 1
