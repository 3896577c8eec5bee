#!lua
-- Packs who answered an old round into five bytes an answer. One step, because an answer that comes late looks in one
-- of the two places only.
-- KEYS[1] who answered the round
-- KEYS[2] the packed answers
-- Returns how many bytes are packed.

local rows = table.concat(redis.call('HVALS', KEYS[1]))
if rows == '' then return redis.call('STRLEN', KEYS[2]) end
redis.call('DEL', KEYS[1])
return redis.call('APPEND', KEYS[2], rows)
