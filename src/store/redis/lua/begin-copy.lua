#!lua
-- Begins to write a journal anew, in the place of whoever does so already. One step, because two that copied into one
-- would each lack what the other has.
-- KEYS[1] the copy
-- KEYS[2] who copies
-- ARGV[1] a name for this run, no other's
-- ARGV[2] how long it may take, in ms
-- Returns 1.

redis.call('UNLINK', KEYS[1])
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 1
