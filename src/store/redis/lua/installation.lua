#!lua
-- Keeps, replaces or forgets a sealed installation. One step, because the journal must keep no secret that was
-- replaced or revoked: its entry goes with it.
-- KEYS[1] the tenant's journal
-- KEYS[2] the installation: entry number, blank, text
-- ARGV[1] number of an entry that is played again, or ''
-- ARGV[2] the text, '' to forget it
-- Returns 1 where it changed anything.

local number, text = string.match(redis.call('GET', KEYS[2]) or '', '^(%d+) (.*)$')
if (text or '') == ARGV[2] then return 0 end
if number then redis.call('XDEL', KEYS[1], '0-' .. number) end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[2])
else
  redis.call('SET', KEYS[2], string.format('%.0f', journal()) .. ' ' .. ARGV[2])
end
return 1
