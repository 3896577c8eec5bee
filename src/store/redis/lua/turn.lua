#!lua
-- Takes a turn at what all processes together may do so many times a second. One step, by the server's clock, because
-- no two may have the same turn and no process's clock is to be trusted.
-- KEYS[1] when the next turn is, in microseconds
-- ARGV[1] microseconds between two turns
-- ARGV[2] how long somebody waits at most, in microseconds
-- Returns microseconds until the turn, or -1 where it would be too long.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local at = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0))
if at - now > tonumber(ARGV[2]) then return -1 end
local after = at + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', string.format('%.0f', math.ceil((after - now) / 1000) + 1))
return at - now
