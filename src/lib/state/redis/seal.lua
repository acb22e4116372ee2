-- Writes seals and the new head of the audit, if the head is still the one they were made on.
-- KEYS: lease auditHead seals; ARGV: token fromSeal count id seal, then pairs: id seal
local newest = redis.call('HGET', KEYS[1], 'token') or '0'
if newest ~= ARGV[1] then return { 'fenced', newest } end
if (redis.call('HGET', KEYS[2], 'seal') or '') ~= ARGV[2] then return { 'moved' } end
for i = 6, #ARGV, 2 do redis.call('XADD', KEYS[3], ARGV[i], 's', ARGV[i + 1]) end
redis.call('HSET', KEYS[2], 'count', ARGV[3], 'id', ARGV[4], 'seal', ARGV[5])
return { 'done' }
