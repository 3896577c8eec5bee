#!lua
-- Puts one state of a post record in the place of another, where that still stands. One step, because of two that
-- decide from the same state at once only one may post.
-- KEYS[1] the tenant's journal
-- KEYS[2] the channel's post records
-- KEYS[3] their dates
-- KEYS[4] the dates with something left to do
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] channel
-- ARGV[3] date
-- ARGV[4] the day of the date, counted from 1970-01-01
-- ARGV[5] the record that is to stand there as JSON, '' for none
-- ARGV[6] the new record
-- ARGV[7] '1' while something is left to do, else ''
-- Returns '' where the new record stands now, or the one that stands instead.

local record = redis.call('HGET', KEYS[2], ARGV[3]) or ''
-- The new record may be there already: from a call whose answer was lost.
if record == ARGV[6] then return '' end
if record ~= ARGV[5] and ARGV[1] == '' then return record == '' and 'none' or record end
journal()
redis.call('HSET', KEYS[2], ARGV[3], ARGV[6])
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[3])
if ARGV[7] == '1' then
  redis.call('ZADD', KEYS[4], ARGV[4], ARGV[3])
else
  redis.call('ZREM', KEYS[4], ARGV[3])
end
return ''
