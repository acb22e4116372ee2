-- What became of one outbox entry; once it is settled nothing changes it.
-- KEYS: lease outbox line parked settled settledAt; ARGV: token id status settlement settledMs reason
local newest = redis.call('HGET', KEYS[1], 'token') or '0'
if newest ~= ARGV[1] then return { 'fenced', newest } end
local id = ARGV[2]
if redis.call('HEXISTS', KEYS[2], id) == 0 then return { 'done' } end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREM', KEYS[3], id)
if ARGV[3] == 'parked' then
  redis.call('HSET', KEYS[4], id, ARGV[6])
else
  redis.call('HDEL', KEYS[2], id)
  redis.call('HDEL', KEYS[4], id)
  redis.call('ZADD', KEYS[6], now, id)
end
redis.call('HSET', KEYS[5], id, ARGV[4])
for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[6], '-inf', now - tonumber(ARGV[5]), 'LIMIT', 0, 20)) do
  redis.call('HDEL', KEYS[5], old)
  redis.call('ZREM', KEYS[6], old)
end
return { 'done' }
