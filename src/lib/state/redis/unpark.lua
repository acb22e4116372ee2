-- Puts parked entries back in line. KEYS: lease parked line settled; ARGV: token
local newest = redis.call('HGET', KEYS[1], 'token') or '0'
if newest ~= ARGV[1] then return { 'fenced', newest } end
local ids = redis.call('HKEYS', KEYS[2])
for _, id in ipairs(ids) do
  local seq, index = string.match(id, '^(%d+)-(%d+)$')
  redis.call('ZADD', KEYS[3], string.format('%.10f', tonumber(seq) + tonumber(index) / 1024), id)
  redis.call('HDEL', KEYS[4], id)
end
redis.call('DEL', KEYS[2])
return { 'done', #ids }
