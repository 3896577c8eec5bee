#!lua
-- Closes a round early. One step, because the first instant stays.
-- KEYS[1] the tenant's journal
-- KEYS[2] the tenant's rounds
-- KEYS[3] when rounds were closed early
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] round
-- ARGV[3] instant
-- Returns the round's row and when it was closed early, or nothing.

local row = redis.call('HGET', KEYS[2], ARGV[2])
if not row then return {} end
local closedAt = redis.call('HGET', KEYS[3], ARGV[2])
local _, closesAt = string.match(row, '^(%d+) (%d+)')
if not closedAt and tonumber(ARGV[3]) < tonumber(closesAt) then
  journal()
  redis.call('HSET', KEYS[3], ARGV[2], ARGV[3])
  closedAt = ARGV[3]
end
return { row, closedAt or '' }
