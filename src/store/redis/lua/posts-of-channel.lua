#!lua flags=no-writes
-- A channel's post records. One step, because a record may be settled between two reads.
-- KEYS[1] the channel's post records
-- KEYS[2] the dates to read
-- ARGV[1] how many at most; -1 for all, the oldest first
-- Returns records as JSON.

local limit = tonumber(ARGV[1])
local dates
if limit < 0 then
  dates = redis.call('ZRANGE', KEYS[2], 0, -1)
else
  dates = redis.call('ZREVRANGE', KEYS[2], 0, limit - 1)
end
if #dates == 0 then return {} end
local found = {}
for at, date in ipairs(dates) do found[at] = redis.call('HGET', KEYS[1], date) end
return found
