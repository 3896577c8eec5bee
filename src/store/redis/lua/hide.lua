#!lua
-- Hides a member from boards and lists, or shows them again. One step, because the journal must have the same.
-- KEYS[1] the tenant's journal
-- KEYS[2] who is hidden
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] member
-- ARGV[3] '1' to hide them, '' to show them
-- Returns 1 where it changed anything.

local command = ARGV[3] == '' and 'SREM' or 'SADD'
if redis.call('SISMEMBER', KEYS[2], ARGV[2]) == (ARGV[3] == '' and 0 or 1) then return 0 end
journal()
return redis.call(command, KEYS[2], ARGV[2])
