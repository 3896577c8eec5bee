-- Put before the scripts that work on answers; KEYS as in answer.lua.

local function creditAll(dates)
  for date in string.gmatch(dates, '%S+') do credit(KEYS[2], date, 0, '') end
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

-- The number and the entry of an answer, nil where there is none, and how many of the kind there are.
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
    if redis.call('EXISTS', KEYS[6]) == 0 then return nil, nil, 0 end
    return findInIndex(round, submission)
  end
  for at = 1, #packed, 5 do
    local number = struct.unpack('>I4', packed, at)
    local fields = entry(number)
    if fields and fields[8] == submission then return number, fields, #packed / 5 end
  end
  return nil, nil, #packed / 5
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
  redis.call('HDEL', KEYS[2], 'P' .. fields[8] .. '|' .. fields[6])
  if isPractice then
    redis.call('HSET', KEYS[4], 's' .. fields[8], after)
    return
  end
  local scored = after .. string.char(score or 255)
  local live = redis.call('HGET', KEYS[4], fields[4])
  if live then
    redis.call('HSET', KEYS[4], fields[4], swapped(live, 5, before, scored))
  else
    redis.call('SET', KEYS[6], swapped(redis.call('GET', KEYS[6]) or '', 5, before, scored))
  end
end

-- Writes an answer's entry anew with another result, and takes the old one out: the journal keeps each answer once.
-- A date that was credited with the old one stays credited.
local function rewritten(number, kept, result, score, dates)
  local fields = {}
  for at = 1, #kept do fields[at] = kept[at] end
  fields[16], fields[18] = result, score
  if dates ~= '' then fields[20] = kept[20] == '' and dates or (kept[20] .. ' ' .. dates) end
  local id = redis.call('XADD', KEYS[1], '0-*', unpack(fields))
  redis.call('XDEL', KEYS[1], '0-' .. number)
  replaceNumber(number, tonumber(string.sub(id, 3)), tonumber(score), kept[6] == '', fields)
  creditAll(dates)
  return fields
end
