-- Puts one row in the place of a series' oldest ones, where they are still those that were read. Every fold replaces the
-- oldest row, so that one tells. KEYS: series; ARGV: count oldest into
local count = tonumber(ARGV[1])
if redis.call('LLEN', KEYS[1]) < count or redis.call('LINDEX', KEYS[1], 0) ~= ARGV[2] then return 0 end
redis.call('LTRIM', KEYS[1], count, -1)
redis.call('LPUSH', KEYS[1], ARGV[3])
return 1
