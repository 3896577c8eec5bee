#!lua
-- Writes a study day. One step, because the stronger of two rows stays, whichever comes first.
-- KEYS[1] the tenant's journal
-- KEYS[2] the member's days
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] member
-- ARGV[3] date
-- ARGV[4] rank: the smaller is the stronger; odd ones have an instant
-- ARGV[5] instant of the decision, or ''
-- Returns 1 where it changed anything.

local row = openRow(KEYS[2])
local isChanged = credit(row, ARGV[3], tonumber(ARGV[4]), ARGV[5])
if isChanged then journal() end
keepRow(row)
return isChanged and 1 or 0
