#!lua
-- With: packed
-- Packs who answered an old round into a few bytes an answer. One step, because an answer that comes late looks in one
-- of the two places only.
-- KEYS[1] who answered the round
-- KEYS[2] the packed answers
-- Returns how many bytes are packed.

local live = table.concat(redis.call('HVALS', KEYS[1]))
local kept = redis.call('GET', KEYS[2]) or ''
if live == '' and (kept == '' or string.sub(kept, 1, 1) == 'd') then return #kept end
local rows = unpackRows(kept)
for _, row in ipairs(unpackRows(live)) do rows[#rows + 1] = row end
local packed = packRows(rows)
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[2], packed)
return #packed
