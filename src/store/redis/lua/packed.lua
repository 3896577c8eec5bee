-- Put before the scripts that read or write who answered an old round. After 'd' come, by the numbers of the entries,
-- how much greater a number is than the one before it, seven bits a byte and the eighth set where more follow, and a
-- byte for the score, 255 without one. An older release wrote four bytes for a number and had no 'd'.

-- The rows of a text: {number, score}, {number, score} ...
local function unpackRows(text)
  local rows = {}
  if string.sub(text, 1, 1) ~= 'd' then
    for at = 1, #text, 5 do
      rows[#rows + 1] = { (struct.unpack('>I4', text, at)), string.byte(text, at + 4) }
    end
    return rows
  end
  local at, number = 2, 0
  while at <= #text do
    local more, size, byte = 0, 1, string.byte(text, at)
    while byte >= 128 do
      more = more + (byte - 128) * size
      size = size * 128
      at = at + 1
      byte = string.byte(text, at)
    end
    number = number + more + byte * size
    rows[#rows + 1] = { number, string.byte(text, at + 1) }
    at = at + 2
  end
  return rows
end

local function packRows(rows)
  table.sort(rows, function(one, other) return one[1] < other[1] end)
  local parts, before = { 'd' }, 0
  for _, row in ipairs(rows) do
    local more = row[1] - before
    before = row[1]
    while more >= 128 do
      parts[#parts + 1] = string.char(128 + more % 128)
      more = math.floor(more / 128)
    end
    parts[#parts + 1] = string.char(more, row[2])
  end
  return table.concat(parts)
end
