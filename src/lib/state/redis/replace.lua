-- Puts a staged snapshot in the place of everything, in one step that nobody sees half of.
-- KEYS: head feed audit seals auditHead outbox line parked settled, then the staged: documents audit seals outbox line
-- ARGV: prefix seq id lineage count auditId seal channel, then the namespaces
local prefix = ARGV[1]
local clock = redis.call('TIME')
local now = string.format('%.0f', clock[1] * 1000 + math.floor(clock[2] / 1000))
local seq = math.max(tonumber(redis.call('HGET', KEYS[1], 'seq') or '0'), tonumber(ARGV[2])) + 1

for i = 9, #ARGV do
  local index = prefix .. 'state:index:' .. ARGV[i]
  for _, key in ipairs(redis.call('SMEMBERS', index)) do redis.call('UNLINK', prefix .. ARGV[i] .. ':' .. key) end
  redis.call('UNLINK', index)
end
local cursor = '0'
repeat
  local page = redis.call('HSCAN', KEYS[10], cursor, 'COUNT', 500)
  cursor = page[1]
  for i = 1, #page[2], 2 do
    local name = page[2][i]
    local ns, key = string.match(name, '^(%l+):(.*)$')
    redis.call('SET', prefix .. name, page[2][i + 1])
    redis.call('SADD', prefix .. 'state:index:' .. ns, key)
  end
until cursor == '0'

for _, id in ipairs(redis.call('HKEYS', KEYS[13])) do redis.call('HDEL', KEYS[9], id) end
redis.call('UNLINK', KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[10])
for from, to in pairs({ [11] = 3, [12] = 4, [13] = 6, [14] = 7 }) do
  if redis.call('EXISTS', KEYS[from]) == 1 then
    redis.call('RENAME', KEYS[from], KEYS[to])
    redis.call('PERSIST', KEYS[to])
  end
end
if ARGV[5] ~= '0' then redis.call('HSET', KEYS[5], 'count', ARGV[5], 'id', ARGV[6], 'seal', ARGV[7]) end
local text = string.format('%.0f', seq)
redis.call('HSET', KEYS[1], 'seq', text, 'id', ARGV[3], 'at', now, 'lineage', ARGV[4])
redis.call('PUBLISH', ARGV[8], 'commit ' .. text)
return text
