#!lua
-- Removes entries of a journal. One step for many: one by one they would cost a way to the server each.
-- KEYS[1] the journal
-- ARGV[1] numbers with commas between them
-- Returns how many were there.

local count = 0
for number in string.gmatch(ARGV[1], '%d+') do count = count + redis.call('XDEL', KEYS[1], '0-' .. number) end
return count
