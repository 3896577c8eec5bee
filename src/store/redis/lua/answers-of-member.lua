#!lua flags=no-writes
-- A member's answers. One step, because an answer that is rewritten meanwhile changes its number.
-- KEYS[1] the tenant's journal
-- KEYS[2] the member's answers
-- ARGV[1] a round, or '' for any
-- ARGV[2] a question, or '' for any
-- ARGV[3] how many at most
-- Returns entries, the last sent first.

local index = redis.call('GET', KEYS[2]) or ''
local found, limit = {}, tonumber(ARGV[3])
for at = #index - 3, 1, -4 do
  if #found >= limit then break end
  local fields = entry(struct.unpack('>I4', index, at))
  if fields and (ARGV[1] == '' or fields[6] == ARGV[1]) and (ARGV[2] == '' or fields[10] == ARGV[2]) then
    found[#found + 1] = fields
  end
end
return found
