#!lua flags=no-writes
-- A member's answers. One step, because an answer that is rewritten meanwhile changes its number.
-- KEYS[1] the tenant's journal
-- KEYS[2] the member's answers
-- KEYS[3] who answered the round; without a round KEYS[2] again
-- KEYS[4] the packed answers of an old round; without a round KEYS[2] again
-- ARGV[1] a round, or '' for any
-- ARGV[2] a question, or '' for any
-- ARGV[3] how many at most
-- ARGV[4] member
-- Returns entries, the last sent first.

local index, width = '', 4
if ARGV[1] == '' or redis.call('EXISTS', KEYS[4]) == 1 then
  index = redis.call('GET', KEYS[2]) or ''
else
  -- A member of years has thousands of answers, and those to one round are asked for with each new one.
  index, width = redis.call('HGET', KEYS[3], ARGV[4]) or '', 5
end
local found, limit = {}, tonumber(ARGV[3])
for at = #index - width + 1, 1, -width do
  if width == 4 and #found >= limit then break end
  local fields = entry(struct.unpack('>I4', index, at))
  if fields and (ARGV[1] == '' or fields[6] == ARGV[1]) and (ARGV[2] == '' or fields[10] == ARGV[2]) then
    local place = #found + 1
    -- The index is by the time of sending, the round's few are as they came.
    while place > 1 and tonumber(found[place - 1][12]) < tonumber(fields[12]) do place = place - 1 end
    table.insert(found, place, fields)
  end
end
while #found > limit do table.remove(found) end
return found
