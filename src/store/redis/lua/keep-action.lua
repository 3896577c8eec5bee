#!lua
-- Keeps a text under a key until it ends. One step, because of any number that do so at once one must find its own.
-- KEYS[1] the text
-- KEYS[2] the names of all, by when they are dropped: what is found without a scan
-- ARGV[1] text
-- ARGV[2] the present instant
-- ARGV[3] instant at which it ends
-- ARGV[4] '1' where a text that stands there stays
-- ARGV[5] how long an ended text is kept, in ms
-- ARGV[6] its name
-- Returns the text that stands there then.

local kept = redis.call('GET', KEYS[1]) or ''
local keptUntil, keptText = string.match(kept, '^(%d+) (.*)$')
local now, ends = tonumber(ARGV[2]), tonumber(ARGV[3])
keptUntil = tonumber(keptUntil)
local stands = keptUntil and keptUntil > now
if ARGV[4] == '1' and stands then return keptText end
if ARGV[4] ~= '1' and stands and keptUntil > ends then ends = keptUntil end
local life = math.max(ends - now, 0) + tonumber(ARGV[5])
redis.call('SET', KEYS[1], string.format('%.0f', ends) .. ' ' .. ARGV[1], 'PX', string.format('%.0f', life))
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[2])
redis.call('ZADD', KEYS[2], string.format('%.0f', now + life), ARGV[6])
return ARGV[1]
