#!lua
-- Keeps a dossier in the place of the one before it. One step, because of two that change the same one only one may,
-- and because the journal is to keep each as it stands and no text that was replaced: its entry goes with it.
-- KEYS[1] the shard's journal
-- KEYS[2] the shard's dossiers: entry number, revision, instant it wakes at or '-'
-- KEYS[3] their names, sorted
-- KEYS[4] when those of the kind are due
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] kind
-- ARGV[3] tenant
-- ARGV[4] id, so written that it sorts
-- ARGV[5] revision
-- ARGV[6] instant it wakes at, or ''
-- ARGV[7] text as JSON
-- ARGV[8] '1' where it comes from elsewhere and may have any revision that is later than the kept one's
-- Returns {'kept'}, {'none'} where there is none that it could follow, or {'other', revision, wakes at, text}.

local name = ARGV[2] .. '|' .. ARGV[3] .. '|' .. ARGV[4]
local number, revision = string.match(redis.call('HGET', KEYS[2], name) or '', '^(%d+) (%d+)')
if ARGV[1] == '' then
  local before, after = tonumber(revision or 0), tonumber(ARGV[5])
  if after ~= before + 1 and not (ARGV[8] == '1' and after > before) then
    if not number then return { 'none' } end
    local fields = entry(number)
    if revision == ARGV[5] and fields[12] == ARGV[6] and fields[14] == ARGV[7] then return { 'kept' } end
    return { 'other', revision, fields[12], fields[14] }
  end
  if number then redis.call('XDEL', KEYS[1], '0-' .. number) end
end
local wakesAt = ARGV[6] == '' and '-' or ARGV[6]
redis.call('HSET', KEYS[2], name, string.format('%.0f %s %s', journal(), ARGV[5], wakesAt))
redis.call('ZADD', KEYS[3], 0, name)
if ARGV[6] == '' then
  redis.call('ZREM', KEYS[4], name)
else
  redis.call('ZADD', KEYS[4], ARGV[6], name)
end
return { 'kept' }
