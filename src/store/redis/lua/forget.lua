#!lua
-- Notes that somebody was erased. One step, because the latest instant stays, and the journal must have the same.
-- KEYS[1] the tenant's journal
-- KEYS[2] who was erased
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] a digest of the member's id, '' for the whole tenant
-- ARGV[3] instant
-- Returns 1 where it changed anything.

if tonumber(redis.call('HGET', KEYS[2], ARGV[2]) or -1) >= tonumber(ARGV[3]) then return 0 end
journal()
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 1
