-- Who holds a lease now. KEYS: lease
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'owner', 'token', 'until')
if not held[1] or tonumber(held[3]) <= now then return {} end
return { held[1], held[2] }
