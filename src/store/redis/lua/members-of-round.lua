#!lua flags=no-writes
-- With: packed
-- Who answered a round, and how well, as one text: a reply of thousands of parts takes longer to read than to make.
-- One step, because a round may be packed between two reads.
-- KEYS[1] the tenant's journal
-- KEYS[2] who answered the round
-- KEYS[3] the packed answers of an old round
-- Returns 'member score member score ...', 255 for the score of who has none.

local NONE = 255
local best, said = {}, {}
local function add(member, score)
  local before = best[member]
  if before == nil then said[#said + 1] = member end
  if before == nil or before == NONE or (score ~= NONE and score > before) then best[member] = score end
end

local live = redis.call('HGETALL', KEYS[2])
for at = 1, #live, 2 do
  for score = 5, #live[at + 1], 5 do add(live[at], string.byte(live[at + 1], score)) end
end
for _, row in ipairs(unpackRows(redis.call('GET', KEYS[3]) or '')) do
  local fields = entry(row[1])
  if fields then add(fields[4], row[2]) end
end
for at, member in ipairs(said) do said[at] = member .. ' ' .. best[member] end
return table.concat(said, ' ')
