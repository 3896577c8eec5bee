#!lua flags=no-writes
-- A period's board without those who are hidden. One step, because places, counts and rows must be of one moment.
-- KEYS[1] the board
-- KEYS[2] who is hidden
-- ARGV[1] whose own place is wanted
-- ARGV[2] how many rows at most
-- Returns {'old'} where it is to be worked out of the members' days; else {'kept', how many members, own points, how many
-- have more, the least points above or '', 1 where the member is hidden, member, points, member, points ...}.

if redis.call('ZSCORE', KEYS[1], '') then return { 'old' } end
local hidden, hiddenPoints = {}, {}
if redis.call('EXISTS', KEYS[2]) == 1 then
  local both = redis.call('ZINTER', 2, KEYS[1], KEYS[2], 'WEIGHTS', 1, 0, 'WITHSCORES')
  for at = 1, #both, 2 do
    hidden[both[at]] = true
    hiddenPoints[#hiddenPoints + 1] = tonumber(both[at + 1])
  end
end

local points = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
local above = redis.call('ZCOUNT', KEYS[1], '(' .. points, '+inf')
for _, theirs in ipairs(hiddenPoints) do
  if theirs > points then above = above - 1 end
end

local PAGE = 100
local nextPoints, from = '', 0
while above > 0 and nextPoints == '' do
  local page = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. points, '+inf', 'WITHSCORES', 'LIMIT', from, PAGE)
  for at = 1, #page, 2 do
    if nextPoints == '' and not hidden[page[at]] then nextPoints = page[at + 1] end
  end
  from = from + PAGE
end

local isHidden = redis.call('SISMEMBER', KEYS[2], ARGV[1])
local found =
  { 'kept', redis.call('ZCARD', KEYS[1]) - #hiddenPoints, points, above, nextPoints, isHidden }
local limit, first = tonumber(ARGV[2]), 0
while limit > 0 do
  local page = redis.call('ZREVRANGE', KEYS[1], first, first + PAGE - 1, 'WITHSCORES')
  if #page == 0 then break end
  for at = 1, #page, 2 do
    if limit > 0 and not hidden[page[at]] then
      found[#found + 1] = page[at]
      found[#found + 1] = page[at + 1]
      limit = limit - 1
    end
  end
  first = first + PAGE
end
return found
