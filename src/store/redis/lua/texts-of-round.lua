#!lua flags=no-writes
-- With: packed
-- What was sent to a round. One step, because the numbers of answers that are rewritten change meanwhile.
-- KEYS[1] the tenant's journal
-- KEYS[2] who answered the round
-- KEYS[3] the packed answers of an old round
-- ARGV[1] round
-- ARGV[2] how many at most, of those that were recorded last
-- ARGV[3] the number up to which the caller has them, or ''
-- ARGV[4] how many entries had been removed from the journal by then
-- Returns 1 where these are all, 0 where the caller's come before them; the number up to which they are; how many
-- entries were removed; then member, submission, instant, text, member, submission ...

local most = tonumber(ARGV[2])
if redis.call('EXISTS', KEYS[1]) == 0 then return { 1, 0, 0 } end
local about, stream = {}, redis.call('XINFO', 'STREAM', KEYS[1])
for at = 1, #stream, 2 do about[stream[at]] = stream[at + 1] end
local removed = about['entries-added'] - about['length']
local said = { 1, tonumber(string.sub(about['last-generated-id'], 3)), removed }

local function say(fields)
  for _, at in ipairs({ 4, 8, 12, 14 }) do said[#said + 1] = fields[at] end
end

-- Where something was removed meanwhile, it may be one of those that the caller has.
if ARGV[3] ~= '' and tonumber(ARGV[4]) == removed then
  -- What has been recorded since: in a rush this is far less than all that there is.
  local since = redis.call('XRANGE', KEYS[1], '0-' .. (tonumber(ARGV[3]) + 1), '+', 'COUNT', most + 1)
  if #since <= most then
    said[1] = 0
    for _, one in ipairs(since) do
      local fields = one[2]
      if fields[2] == 'answer' and fields[6] == ARGV[1] then say(fields) end
    end
    return said
  end
end

local numbers = {}
for _, rows in ipairs({ table.concat(redis.call('HVALS', KEYS[2])), redis.call('GET', KEYS[3]) or '' }) do
  for _, row in ipairs(unpackRows(rows)) do numbers[#numbers + 1] = row[1] end
end
table.sort(numbers)
for at = math.max(1, #numbers - most + 1), #numbers do
  local fields = entry(numbers[at])
  if fields then say(fields) end
end
return said
