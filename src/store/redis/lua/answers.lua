-- Put before the scripts that work on answers; KEYS as in answer.lua.

local function creditAll(row, dates)
  for date in string.gmatch(dates, '%S+') do credit(row, date, 0, '') end
end

-- Where a round is packed already, its answers are found through their member's index.
local function findInIndex(round, submission)
  local index = redis.call('GET', KEYS[3]) or ''
  local number, kept, count = nil, nil, 0
  for at = 1, #index, 4 do
    local candidate = struct.unpack('>I4', index, at)
    local fields = entry(candidate)
    if fields and fields[6] == round then
      count = count + 1
      if fields[8] == submission then number, kept = candidate, fields end
    end
  end
  return number, kept, count
end

-- The number and the entry of an answer, nil where there is none, and how many of the kind there are; of a round also
-- what its hash has of the member, and whether it is packed instead.
local function findAnswer(member, round, submission, question)
  if round == '' then
    local count = tonumber(redis.call('HGET', KEYS[4], 'c' .. question) or 0)
    local packed = redis.call('HGET', KEYS[4], 's' .. submission)
    if not packed then return nil, nil, count end
    local number = struct.unpack('>I4', packed)
    return number, entry(number), count
  end
  local packed = redis.call('HGET', KEYS[4], member)
  if not packed then
    if redis.call('EXISTS', KEYS[6]) == 0 then return nil, nil, 0, '', false end
    local number, kept, count = findInIndex(round, submission)
    return number, kept, count, '', true
  end
  for at = 1, #packed, 5 do
    local number = struct.unpack('>I4', packed, at)
    local fields = entry(number)
    if fields and fields[8] == submission then return number, fields, #packed / 5 end
  end
  return nil, nil, #packed / 5, packed, false
end

local function swapped(rows, width, old, new)
  for at = #rows - width + 1, 1, -width do
    if string.sub(rows, at, at + 3) == old then
      return string.sub(rows, 1, at - 1) .. new .. string.sub(rows, at + width)
    end
  end
  return rows
end

-- Puts the entry that replaced an answer's in its place everywhere.
local function replaceNumber(old, new, score, isPractice, fields)
  local before, after = struct.pack('>I4', old), struct.pack('>I4', new)
  redis.call('SET', KEYS[3], swapped(redis.call('GET', KEYS[3]) or '', 4, before, after))
  if isPractice then
    redis.call('HSET', KEYS[4], 's' .. fields[8], after)
    return
  end
  local scored = after .. string.char(score or 255)
  local live = redis.call('HGET', KEYS[4], fields[4])
  if live then
    redis.call('HSET', KEYS[4], fields[4], swapped(live, 5, before, scored))
  else
    local rows = unpackRows(redis.call('GET', KEYS[6]) or '')
    for _, row in ipairs(rows) do
      if row[1] == old then row[1], row[2] = new, score or 255 end
    end
    redis.call('SET', KEYS[6], packRows(rows))
  end
end

-- What an answer wins on the boards: its score without what hints took off, unless it earned nothing or came too late.
local function boardPoints(score, dates, cost, isEarned)
  if score == '' or cost == '-' or (dates == '' and isEarned ~= '1') then return 0 end
  return math.max(0, tonumber(score) - (tonumber(cost) or 0))
end

local function pointsOf(fields) return boardPoints(fields[18], fields[20], fields[26], fields[28]) end

local DAYS_MS = 86400000

-- The most that a member's answers to the rounds of a date win. Theirs lie within days of the date, at the end of the
-- index or, where an old one is appealed, further up.
local function bestOfDate(date, sentAt)
  local index = redis.call('GET', KEYS[3]) or ''
  local best = 0
  for at = #index - 3, 1, -4 do
    local fields = entry(struct.unpack('>I4', index, at))
    if fields and tonumber(fields[12]) < sentAt - 4 * DAYS_MS then break end
    if fields and fields[6] ~= '' and tonumber(fields[12]) <= sentAt + 4 * DAYS_MS then
      local row = redis.call('HGET', KEYS[5], fields[6])
      if row and string.match(row, '^%d+ %d+ (%S+)') == date then best = math.max(best, pointsOf(fields)) end
    end
  end
  return best
end

-- Has the boards follow an answer to the round with this row. It won `before` until now.
local function putOnBoards(row, round, member, sentAt, points, before)
  if points == before then return end
  local date = string.match(round, '^%d+ %d+ (%S+)')
  local month, day = 'B' .. string.sub(date, 1, 7), tonumber(string.sub(date, 9, 10))
  local signs = fieldOf(row, month) or ''
  local standing = string.byte(signs, day) or 0
  if points < standing then
    if before < standing then return end
    points = bestOfDate(date, sentAt)
  end
  if points == standing then return end
  setField(row, month, withSign(signs, day, string.char(points), '\0'))
  for at = 7, 9 do
    -- An old board is worked out of the members' days when it is asked for: its place says so.
    if at == 9 or not redis.call('ZSCORE', KEYS[at], '') then
      local sum = tonumber(redis.call('ZINCRBY', KEYS[at], points - standing, member))
      if sum <= 0 then redis.call('ZREM', KEYS[at], member) end
    end
  end
end

-- Writes an answer's entry anew with another result, and takes the old one out: the journal keeps each answer once.
-- A date that was credited with the old one stays credited.
local function rewritten(number, kept, result, score, dates, earned)
  local fields = {}
  for at = 1, #kept do fields[at] = kept[at] end
  -- An older release wrote no more than twelve arguments.
  for at = #kept / 2 + 1, 14 do fields[2 * at - 1], fields[2 * at] = tostring(at), '' end
  if earned == '1' then fields[28] = '1' end
  fields[16], fields[18] = result, score
  if dates ~= '' then fields[20] = kept[20] == '' and dates or (kept[20] .. ' ' .. dates) end
  local id = redis.call('XADD', KEYS[1], '0-*', unpack(fields))
  redis.call('XDEL', KEYS[1], '0-' .. number)
  replaceNumber(number, tonumber(string.sub(id, 3)), tonumber(score), kept[6] == '', fields)
  local row = openRow(KEYS[2])
  setField(row, 'P' .. fields[8] .. '|' .. fields[6], nil)
  creditAll(row, dates)
  local round = kept[6] ~= '' and redis.call('HGET', KEYS[5], kept[6])
  if round then putOnBoards(row, round, kept[4], tonumber(kept[12]), pointsOf(fields), pointsOf(kept)) end
  keepRow(row)
  return fields
end
