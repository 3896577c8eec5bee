#!lua
-- Takes the next hint. One step, because two requests at once take two hints, and one request twice takes one.
-- KEYS[1] the tenant's journal
-- KEYS[2] the member's hints
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] member
-- ARGV[3] what the hints belong to
-- ARGV[4] submission
-- ARGV[5] how many there are
-- Returns how many were taken before.

local taken = redis.call('HGET', KEYS[2], ARGV[3] .. '|' .. ARGV[4])
local available = tonumber(ARGV[5])
if taken then return math.min(tonumber(taken), available) end
local before = tonumber(redis.call('HGET', KEYS[2], ARGV[3]) or 0)
if before >= available then return available end
journal()
redis.call('HSET', KEYS[2], ARGV[3], before + 1, ARGV[3] .. '|' .. ARGV[4], before)
return before
