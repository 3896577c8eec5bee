#!lua
-- With: packed
-- With: answers
-- Records an answer. One step, because whether it is new, whether the member has one left, the credit of the day, the
-- index and the journal must agree however often and from wherever the same answer is delivered.
-- KEYS[1] the tenant's journal
-- KEYS[2] the member's days
-- KEYS[3] the member's answers
-- KEYS[4] who answered the round; in practice: the member's practice
-- KEYS[5] the tenant's rounds
-- KEYS[6] the packed answers of an old round
-- KEYS[7] the board of the round's week
-- KEYS[8] of its month
-- KEYS[9] and of all time; in practice: KEYS[5] three times
-- KEYS[10] who was erased
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] member
-- ARGV[3] round, '' in practice
-- ARGV[4] submission
-- ARGV[5] question
-- ARGV[6] instant it was sent
-- ARGV[7] text, as JSON
-- ARGV[8] result as JSON, '' while there is none
-- ARGV[9] score, '' without a result
-- ARGV[10] dates to credit, a blank between two
-- ARGV[11] a name for this call: its own repetition is not taken for a second delivery
-- ARGV[12] how many answers a round takes of a member
-- ARGV[13] what hints take off its board points, '' for nothing, '-' where it wins none
-- ARGV[14] '1' where it wins board points without a date to credit, else ''
-- ARGV[15] a digest of the member's id, which the journal is not to have; '' where an entry is played again
-- Returns {'kept', 1 where this call brought it, how many there are now, the entry where it is not what was sent},
-- {'full', count}, {'conflict'}, or {'erased'} where the member's data was deleted after it was sent.

local who = ARGV[15]
ARGV[15] = nil
local round, submission = ARGV[3], ARGV[4]
local isPractice = round == ''

local number, kept, count, live, isPacked = findAnswer(ARGV[2], round, submission, ARGV[5])
if kept then
  -- Of an old answer the words may be forgotten.
  if (kept[14] ~= ARGV[7] and kept[14] ~= '""') or kept[10] ~= ARGV[5] then return { 'conflict' } end
  if kept[16] ~= '' or ARGV[8] == '' then
    return { 'kept', kept[22] == ARGV[11] and 1 or 0, count, kept }
  end
  return { 'kept', 0, count, rewritten(number, kept, ARGV[8], ARGV[9], ARGV[10], ARGV[14]) }
end
if who ~= '' then
  local erased = redis.call('HMGET', KEYS[10], '', who)
  local at = math.max(tonumber(erased[1] or -1) or -1, tonumber(erased[2] or -1) or -1)
  if tonumber(ARGV[6]) <= at then return { 'erased' } end
end
if not isPractice and count >= tonumber(ARGV[12]) then return { 'full', count } end

number = journal()
local sentAt = tonumber(ARGV[6])
local packed = struct.pack('>I4', number)

local place = not isPractice and redis.call('HGET', KEYS[5], round)
local date, channel, row
if place then
  date, channel = string.match(place, '^%d+ %d+ (%S+) (%S+)')
  local month = string.sub(date, 1, 7)
  row = openRow(KEYS[2], { 't', 'h', 'B' .. month, fieldsOf(month) })
else
  row = openRow(KEYS[2])
end

-- The index is by the time of sending; nearly always the newest comes last.
local index = redis.call('GET', KEYS[3]) or ''
local at = #index
if sentAt >= tonumber(fieldOf(row, 't') or -1) then
  setField(row, 't', ARGV[6])
else
  while at > 0 do
    local before = entry(struct.unpack('>I4', index, at - 3))
    if before and tonumber(before[12]) <= sentAt then break end
    at = at - 4
  end
end
redis.call('SET', KEYS[3], string.sub(index, 1, at) .. packed .. string.sub(index, at + 1))

if place then
  answered(row, date)
  if ARGV[8] == '' then setField(row, 'P' .. submission .. '|' .. round, date) end
  local since, first = string.match(fieldOf(row, 'h') or '', '^(%d+) (%S+)')
  since = tonumber(since)
  if not since or sentAt < since or (sentAt == since and round < first) then
    setField(row, 'h', ARGV[6] .. ' ' .. round .. ' ' .. channel)
  end
end
creditAll(row, ARGV[10])
if place then
  putOnBoards(row, place, ARGV[2], sentAt, boardPoints(ARGV[9], ARGV[10], ARGV[13], ARGV[14]), 0)
end
keepRow(row)

if isPractice then
  redis.call('HSET', KEYS[4], 's' .. submission, packed)
  redis.call('HINCRBY', KEYS[4], 'c' .. ARGV[5], 1)
elseif isPacked then
  local rows = unpackRows(redis.call('GET', KEYS[6]))
  rows[#rows + 1] = { number, tonumber(ARGV[9]) or 255 }
  redis.call('SET', KEYS[6], packRows(rows))
else
  redis.call('HSET', KEYS[4], ARGV[2], live .. packed .. string.char(tonumber(ARGV[9]) or 255))
end
return { 'kept', 1, count + 1 }
