#!lua flags=no-writes
-- Some entries of a journal. One step for many: one by one they would cost a way to the server each.
-- KEYS[1] the tenant's journal
-- ARGV[1] numbers with commas between them
-- Returns those that are still there.

local found = {}
for number in string.gmatch(ARGV[1], '%d+') do found[#found + 1] = entry(number) end
return found
