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

-- Replaces or sets one sign of a month's row: one sign a day, '.' for none.
local function sign(key, field, day, mark)
  local row = redis.call('HGET', key, field) or ''
  if #row < day then row = row .. string.rep('.', day - #row) end
  redis.call('HSET', key, field, string.sub(row, 1, day - 1) .. mark .. string.sub(row, day + 1))
end

-- Writes a study day unless a stronger row is there: of two ranks the smaller, of one rank the earlier instant. Even
-- ranks have no instant; each odd one is its neighbour with one. Returns whether anything changed.
local function credit(key, date, rank, at)
  local month, day = string.sub(date, 1, 7), tonumber(string.sub(date, 9, 10))
  local row = redis.call('HGET', key, 'L' .. month) or ''
  local kept = tonumber(string.sub(row, day, day))
  if kept and kept < rank then return false end
  if kept == rank then
    if at == '' or tonumber(redis.call('HGET', key, 'D' .. date)) <= tonumber(at) then return false end
  else
    sign(key, 'L' .. month, day, rank)
  end
  if at == '' then
    if kept then redis.call('HDEL', key, 'D' .. date) end
  else
    redis.call('HSET', key, 'D' .. date, at)
  end
  return true
end
