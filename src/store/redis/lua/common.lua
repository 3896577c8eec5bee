-- Put before every script by the loader: what several of them need, once.

-- An effect is written as an entry `0-N` of the journal: its script's name, then ARGV[2], ARGV[3] ... as they came, so
-- that the same script with the same arguments brings the effect about again. ARGV[1] is the N of an entry that is
-- there already and is played again, or '' for a new effect.
local function journal()
  if ARGV[1] ~= '' then return tonumber(ARGV[1]) end
  local fields = { 'k', NAME }
  for at = 2, #ARGV do
    fields[2 * at - 1] = at
    fields[2 * at] = ARGV[at]
  end
  return tonumber(string.sub(redis.call('XADD', KEYS[1], '0-*', unpack(fields)), 3))
end

-- The fields of entry N; what was ARGV[i] is at 2 * i. nil where there is none.
local function entry(number)
  local found = redis.call('XRANGE', KEYS[1], '0-' .. number, '0-' .. number)[1]
  return found and found[2]
end

-- A member's row (their days, home and practice), of which a script reads and writes several fields: each way to the hash
-- costs more than all that is done with it here. `fields` are read at once, others when they are asked for.
local function openRow(key, fields)
  local known = {}
  if fields then
    for at, value in ipairs(redis.call('HMGET', key, unpack(fields))) do known[fields[at]] = value end
  end
  return { key = key, known = known, changed = {} }
end

local function fieldOf(row, field)
  local value = row.known[field]
  if value == nil then
    value = redis.call('HGET', row.key, field)
    row.known[field] = value
  end
  return value or nil
end

-- Sets a field, or removes it where there is no value.
local function setField(row, field, value)
  row.known[field] = value or false
  row.changed[field] = true
end

local function keepRow(row)
  local set, gone = {}, {}
  for field in pairs(row.changed) do
    local value = row.known[field]
    if value then
      set[#set + 1] = field
      set[#set + 1] = value
    else
      gone[#gone + 1] = field
    end
  end
  if #set > 0 then redis.call('HSET', row.key, unpack(set)) end
  if #gone > 0 then redis.call('HDEL', row.key, unpack(gone)) end
end

-- A month's signs with another one of one day; `none` stands for the days without one.
local function withSign(signs, day, mark, none)
  if #signs < day then signs = signs .. string.rep(none, day - #signs) end
  return string.sub(signs, 1, day - 1) .. mark .. string.sub(signs, day + 1)
end

-- What a sign says of a day: the rank of its row in the ledger, if any, and whether a round of it was answered.
local RANKS = { ['0'] = 0, ['1'] = 1, ['2'] = 2, ['3'] = 3, p = 0, q = 1, r = 2, s = 3 }
local ANSWERED = { ['.'] = 'a', [''] = 'a', ['0'] = 'p', ['1'] = 'q', ['2'] = 'r', ['3'] = 's' }
local function signOf(rank, isAnswered)
  local sign = rank and tostring(rank) or '.'
  return isAnswered and ANSWERED[sign] or sign
end

-- The fields in which a month's signs are, or were: an older release kept what was answered and the ledger apart.
local function fieldsOf(month) return 'S' .. month, 'A' .. month, 'L' .. month end

-- A member's signs of a month, one a day; what an older release kept in two fields is made one here.
local function signsOf(row, month)
  local now, before, ledgerBefore = fieldsOf(month)
  local signs, answered, ledger = fieldOf(row, now) or '', fieldOf(row, before) or '', fieldOf(row, ledgerBefore) or ''
  if answered == '' and ledger == '' then return signs end
  local merged = {}
  for day = 1, math.max(#signs, #answered, #ledger) do
    local sign = string.sub(signs, day, day)
    local rank, other = RANKS[sign], RANKS[string.sub(ledger, day, day)]
    if other and (not rank or other < rank) then rank = other end
    local isAnswered = string.find(sign, '^[apqrs]') or string.sub(answered, day, day) == 'a'
    merged[day] = signOf(rank, isAnswered)
  end
  signs = table.concat(merged)
  setField(row, now, signs)
  setField(row, before, nil)
  setField(row, ledgerBefore, nil)
  return signs
end

-- Notes that a round of the date was answered.
local function answered(row, date)
  local month, day = string.sub(date, 1, 7), tonumber(string.sub(date, 9, 10))
  local signs = signsOf(row, month)
  local sign = ANSWERED[string.sub(signs, day, day)]
  if sign then setField(row, 'S' .. month, withSign(signs, day, sign, '.')) end
end

-- Writes a study day unless a stronger row is there: of two ranks the smaller, of one rank the earlier instant. Even
-- ranks have no instant; each odd one is its neighbour with one. Returns whether anything changed.
local function credit(row, date, rank, at)
  local month, day = string.sub(date, 1, 7), tonumber(string.sub(date, 9, 10))
  local signs = signsOf(row, month)
  local sign = string.sub(signs, day, day)
  local kept = RANKS[sign]
  if kept and kept < rank then return false end
  if kept == rank then
    if at == '' or tonumber(fieldOf(row, 'D' .. date)) <= tonumber(at) then return false end
  else
    setField(row, 'S' .. month, withSign(signs, day, signOf(rank, string.find(sign, '^[apqrs]')), '.'))
  end
  if at ~= '' then
    setField(row, 'D' .. date, at)
  elseif kept then
    setField(row, 'D' .. date, nil)
  end
  return true
end
