#!lua flags=no-writes
-- Some dossiers in the order of their names. One step, because one that is changed meanwhile has another entry.
-- KEYS[1] the shard's journal
-- KEYS[2] the shard's dossiers
-- KEYS[3] their names, sorted
-- ARGV[1] the first name, behind '[' or, where it is left out itself, '('
-- ARGV[2] the last name, likewise
-- ARGV[3] how many at most
-- Returns entries.

local found = {}
for _, name in ipairs(redis.call('ZRANGEBYLEX', KEYS[3], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[3])) do
  found[#found + 1] = entry(string.match(redis.call('HGET', KEYS[2], name), '^%d+'))
end
return found
