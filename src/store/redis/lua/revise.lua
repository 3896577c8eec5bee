#!lua
-- With: packed
-- With: answers
-- Puts a second result in the place of the one that was judged. One step, because the credit of the day goes with it,
-- and because another result may have been kept meanwhile, which stays.
-- KEYS[1] the tenant's journal
-- KEYS[2] the member's days
-- KEYS[3] the member's answers
-- KEYS[4] who answered the round; in practice: the member's practice
-- KEYS[5] the tenant's rounds
-- KEYS[6] the packed answers of an old round
-- KEYS[7] the board of the round's week
-- KEYS[8] of its month
-- KEYS[9] and of all time; in practice: KEYS[5] three times
-- ARGV[1] always '': what it writes is played again as an answer
-- ARGV[2] member
-- ARGV[3] round, '' in practice
-- ARGV[4] submission
-- ARGV[5] the judged result as JSON
-- ARGV[6] the new result as JSON
-- ARGV[7] the new score
-- ARGV[8] date to credit, or ''
-- ARGV[9] '1' where it wins board points from now on without one, else ''
-- Returns {'unknown'}, or {'revised' or 'superseded', the entry as it stands}.

local number, kept = findAnswer(ARGV[2], ARGV[3], ARGV[4], '')
if not kept then return { 'unknown' } end
if kept[16] ~= ARGV[5] and kept[16] ~= ARGV[6] then return { 'superseded', kept } end
local isCredited = ARGV[8] == '' or string.find(' ' .. kept[20] .. ' ', ' ' .. ARGV[8] .. ' ', 1, true)
local isEarned = ARGV[9] == '' or kept[28] == '1'
if kept[16] == ARGV[6] and isCredited and isEarned then return { 'revised', kept } end
return { 'revised', rewritten(number, kept, ARGV[6], ARGV[7], isCredited and '' or ARGV[8], ARGV[9]) }
