#!lua flags=no-writes
-- With: packed
-- Who answered a round, and how well. One step, because a round may be packed between two reads.
-- KEYS[1] the tenant's journal
-- KEYS[2] who answered the round
-- KEYS[3] the packed answers of an old round
-- Returns member, best score ('' without one), member, best score ...

local best, said = {}, {}
local function add(member, score)
  if best[member] == nil then
    best[member] = -1
    said[#said + 1] = member
  end
  if score < 255 and score > best[member] then best[member] = score end
end

local live = redis.call('HGETALL', KEYS[2])
for at = 1, #live, 2 do
  for score = 5, #live[at + 1], 5 do add(live[at], string.byte(live[at + 1], score)) end
end
for _, row in ipairs(unpackRows(redis.call('GET', KEYS[3]) or '')) do
  local fields = entry(row[1])
  if fields then add(fields[4], row[2]) end
end
local members = {}
for at, member in ipairs(said) do
  members[2 * at - 1] = member
  members[2 * at] = best[member] < 0 and '' or tostring(best[member])
end
return members
