#!lua
-- Lets go of an old board, which the members' days hold as well. One step, because answers that are revised meanwhile
-- must not begin it anew with a few members only: its place says that it is to be worked out.
-- KEYS[1] the board
-- Returns 1 where there was one.

if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('ZSCORE', KEYS[1], '') then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZADD', KEYS[1], 0, '')
return 1
