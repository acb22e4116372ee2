-- Takes or renews a lease; the twin of `lmdb/lease.ts`. Answers who holds it now.
-- KEYS: lease; ARGV: owner ttlMs floor tokenJump
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'owner', 'token', 'until')
local token, floor = tonumber(held[2] or '0'), tonumber(ARGV[3])
local stands = held[1] and tonumber(held[3]) > now and token >= floor
if stands and held[1] ~= ARGV[1] then return { held[1], string.format('%.0f', token) } end
if not stands then
  if token < floor then token = floor + tonumber(ARGV[4]) else token = token + 1 end
end
local text = string.format('%.0f', token)
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'token', text, 'until', string.format('%.0f', now + tonumber(ARGV[2])))
return { ARGV[1], text }
