#!lua
-- With: answers
-- Records an answer. One step, because whether it is new, whether the member has one left, the credit of the day, the
-- index and the journal must agree however often and from wherever the same answer is delivered.
-- KEYS[1] the tenant's journal
-- KEYS[2] the member's days
-- KEYS[3] the member's answers
-- KEYS[4] who answered the round; in practice: the member's practice
-- KEYS[5] the tenant's rounds
-- KEYS[6] the packed answers of an old round
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
-- Returns {'kept', 1 where this call brought it, how many there are now, the entry where it is not what was sent},
-- {'full', count} or {'conflict'}.

local round, submission = ARGV[3], ARGV[4]
local isPractice = round == ''

local number, kept, count = findAnswer(ARGV[2], round, submission, ARGV[5])
if kept then
  if kept[14] ~= ARGV[7] or kept[10] ~= ARGV[5] then return { 'conflict' } end
  if kept[16] ~= '' or ARGV[8] == '' then
    return { 'kept', kept[22] == ARGV[11] and 1 or 0, count, kept }
  end
  return { 'kept', 0, count, rewritten(number, kept, ARGV[8], ARGV[9], ARGV[10]) }
end
if not isPractice and count >= tonumber(ARGV[12]) then return { 'full', count } end

number = journal()
local sentAt = tonumber(ARGV[6])
local packed = struct.pack('>I4', number)

-- The index is by the time of sending; nearly always the newest comes last.
local index = redis.call('GET', KEYS[3]) or ''
local place = #index
local lastAt = tonumber(redis.call('HGET', KEYS[2], 't') or -1)
if sentAt >= lastAt then
  redis.call('HSET', KEYS[2], 't', ARGV[6])
else
  while place > 0 do
    local before = entry(struct.unpack('>I4', index, place - 3))
    if before and tonumber(before[12]) <= sentAt then break end
    place = place - 4
  end
end
redis.call('SET', KEYS[3], string.sub(index, 1, place) .. packed .. string.sub(index, place + 1))

local row = not isPractice and redis.call('HGET', KEYS[5], round)
if row then
  local date, channel = string.match(row, '^%d+ %d+ (%S+) (%S+)')
  sign(KEYS[2], 'A' .. string.sub(date, 1, 7), tonumber(string.sub(date, 9, 10)), 'a')
  if ARGV[8] == '' then redis.call('HSET', KEYS[2], 'P' .. submission .. '|' .. round, date) end
  local at, first = string.match(redis.call('HGET', KEYS[2], 'h') or '', '^(%d+) (%S+)')
  at = tonumber(at)
  if not at or sentAt < at or (sentAt == at and round < first) then
    redis.call('HSET', KEYS[2], 'h', ARGV[6] .. ' ' .. round .. ' ' .. channel)
  end
end
creditAll(ARGV[10])

if isPractice then
  redis.call('HSET', KEYS[4], 's' .. submission, packed)
  redis.call('HINCRBY', KEYS[4], 'c' .. ARGV[5], 1)
else
  local scored = packed .. string.char(tonumber(ARGV[9]) or 255)
  if redis.call('EXISTS', KEYS[6]) == 1 then
    redis.call('APPEND', KEYS[6], scored)
  else
    redis.call('HSET', KEYS[4], ARGV[2], (redis.call('HGET', KEYS[4], ARGV[2]) or '') .. scored)
  end
end
return { 'kept', 1, count + 1 }
