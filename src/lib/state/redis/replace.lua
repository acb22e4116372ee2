-- Puts a staged snapshot in the place of everything, in one step that nobody sees half of.
-- KEYS: head feed audit seals auditHead outbox line parked settled op, then the staged: documents audit seals outbox line
-- ARGV: prefix seq id lineage count auditId seal channel op rememberedMs takesTrail namespaces audits,
--       base (the id of the commit at which everything must stand, or nothing),
--       then the namespaces; then the audit bodies; then the outbox bodies
local prefix, id = ARGV[1], ARGV[3]
local seen = redis.call('GET', KEYS[10])
if seen then
  for i = 11, 15 do redis.call('UNLINK', KEYS[i]) end
  return { 'replayed', seen }
end
if ARGV[14] ~= '' and redis.call('HGET', KEYS[1], 'id') ~= ARGV[14] then
  for i = 11, 15 do redis.call('UNLINK', KEYS[i]) end
  return { 'moved' }
end

local clock = redis.call('TIME')
local now = string.format('%.0f', clock[1] * 1000 + math.floor(clock[2] / 1000))
local seq = math.max(tonumber(redis.call('HGET', KEYS[1], 'seq') or '0'), tonumber(ARGV[2])) + 1
local text = string.format('%.0f', seq)
local audits = 15 + tonumber(ARGV[12])
local outboxes = audits + tonumber(ARGV[13])

for i = 15, audits - 1 do
  local index = prefix .. 'state:index:' .. ARGV[i]
  for _, key in ipairs(redis.call('SMEMBERS', index)) do redis.call('UNLINK', prefix .. ARGV[i] .. ':' .. key) end
  redis.call('UNLINK', index)
end
local cursor = '0'
repeat
  local page = redis.call('HSCAN', KEYS[11], cursor, 'COUNT', 500)
  cursor = page[1]
  for i = 1, #page[2], 2 do
    local name = page[2][i]
    local ns, key = string.match(name, '^(%l+):(.*)$')
    redis.call('SET', prefix .. name, page[2][i + 1])
    redis.call('SADD', prefix .. 'state:index:' .. ns, key)
  end
until cursor == '0'
redis.call('UNLINK', KEYS[2], KEYS[11])

if ARGV[11] == '1' then
  for _, entry in ipairs(redis.call('HKEYS', KEYS[14])) do redis.call('HDEL', KEYS[9], entry) end
  redis.call('UNLINK', KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8])
  for from, to in pairs({ [12] = 3, [13] = 4, [14] = 6, [15] = 7 }) do
    if redis.call('EXISTS', KEYS[from]) == 1 then
      redis.call('RENAME', KEYS[from], KEYS[to])
      redis.call('PERSIST', KEYS[to])
    end
  end
  if ARGV[5] ~= '0' then redis.call('HSET', KEYS[5], 'count', ARGV[5], 'id', ARGV[6], 'seal', ARGV[7]) end
end

local function entry(body)
  return '{"commitId":"' .. id .. '","op":' .. ARGV[9] .. ',"at":' .. now .. ',"body":' .. body .. '}'
end
for i = audits, outboxes - 1 do
  redis.call('XADD', KEYS[3], text .. '-' .. (i - audits), 'e', entry(ARGV[i]))
end
for i = outboxes, #ARGV do
  local name = text .. '-' .. (i - outboxes)
  redis.call('HSET', KEYS[6], name, entry(ARGV[i]))
  redis.call('ZADD', KEYS[7], string.format('%.10f', seq + (i - outboxes) / 1024), name)
end

local receipt = text .. ' ' .. id .. ' ' .. now
redis.call('SET', KEYS[10], receipt, 'PX', ARGV[10])
redis.call('HSET', KEYS[1], 'seq', text, 'id', id, 'at', now, 'lineage', ARGV[4])
redis.call('PUBLISH', ARGV[8], 'commit ' .. text)
return { 'done', receipt }
