#!lua
-- Sets or removes a field of a hash. One step, because the journal must have the same.
-- KEYS[1] the tenant's journal
-- KEYS[2] the hash
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] which kind of hash
-- ARGV[3] whose
-- ARGV[4] field
-- ARGV[5] value, '' to remove it
-- Returns 1 where it changed anything.

if (redis.call('HGET', KEYS[2], ARGV[4]) or '') == ARGV[5] then return 0 end
journal()
if ARGV[5] == '' then
  redis.call('HDEL', KEYS[2], ARGV[4])
else
  redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
end
return 1
