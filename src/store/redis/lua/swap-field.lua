#!lua
-- Puts one value of a field in the place of another, where that still stands. One step, because of two that decide from
-- the same value at once only one may.
-- KEYS[1] the tenant's journal
-- KEYS[2] the hash
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] which kind of hash
-- ARGV[3] whose
-- ARGV[4] field
-- ARGV[5] the value that is to stand there, '' for none
-- ARGV[6] the new value
-- Returns '' where the new value stands now, or the one that stands instead.

local value = redis.call('HGET', KEYS[2], ARGV[4]) or ''
-- The new value may be there already: from a call whose answer was lost.
if value == ARGV[6] then return '' end
if value ~= ARGV[5] and ARGV[1] == '' then return value end
journal()
redis.call('HSET', KEYS[2], ARGV[4], ARGV[6])
return ''
