-- One commit, whole or not at all; the twin of `lmdb/commit.ts`, in the same order. Nothing is written before everything
-- was checked, and cjson only reads: it would turn [] into {}.
-- KEYS: head feed op audit outbox line lease, then for each change: document index
-- ARGV: op id notAfter token audits outboxes changes feedLength rememberedMs channel changedKeys database pushBytes,
--       then for each change: expect action json key; then the audit bodies; then the outbox bodies
-- published: `commit <seq>`, and where it is small a line that names it and one for each changed document (empty: deleted)
-- expect is a version, or `!` and the text that stands there and is no document (nothing: whatever it is, it is moved aside)
local head, feed, opKey, audit, outbox, line, lease = unpack(KEYS, 1, 7)
local opJson, id, notAfter, token = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local audits, outboxes, changes = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])

local seen = redis.call('GET', opKey)
if seen then return { 'replayed', seen } end

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
if now > notAfter then return { 'late', string.format('%.0f', now) } end

if token ~= '' then
  local newest = redis.call('HGET', lease, 'token') or '0'
  if newest ~= token then return { 'fenced', newest } end
end

for _, expected in ipairs({ { head, 'hash' }, { feed, 'stream' }, { audit, 'stream' }, { outbox, 'hash' }, { line, 'zset' } }) do
  local kind = redis.call('TYPE', expected[1]).ok
  if kind ~= 'none' and kind ~= expected[2] then return { 'broken', expected[1] } end
end

local function isVersion(number)
  return type(number) == 'number' and number >= 1 and number % 1 == 0
end

local function versionOf(raw)
  local readable, envelope = pcall(cjson.decode, raw)
  local value = readable and type(envelope) == 'table' and envelope.value
  if type(value) ~= 'table' or not isVersion(value.v) or not isVersion(value.schema) then return nil end
  return value.v
end

for i = 1, changes do
  local raw, expected = redis.pcall('GET', KEYS[6 + 2 * i]), ARGV[10 + 4 * i]
  local version = 0
  if raw then version = type(raw) == 'string' and versionOf(raw) or nil end
  if version == nil then
    if expected ~= '!' and expected ~= '!' .. (type(raw) == 'string' and raw or '') then return { 'damaged', i - 1 } end
  elseif version ~= tonumber(expected) then
    return { 'conflict', i - 1, raw }
  end
  local index = redis.call('TYPE', KEYS[7 + 2 * i]).ok
  if index ~= 'none' and index ~= 'set' then return { 'broken', KEYS[7 + 2 * i] } end
end

local before = redis.call('HMGET', head, 'seq', 'id', 'lineage')
local seq = (tonumber(before[1] or '0')) + 1
local seqText, at = string.format('%.0f', seq), string.format('%.0f', now)
local last = redis.call('XREVRANGE', audit, '+', '-', 'COUNT', 1)[1]
if last and tonumber(string.match(last[1], '^%d+')) >= seq then return { 'broken', audit } end
local added = redis.pcall('XADD', feed, 'MAXLEN', '~', ARGV[8], seqText .. '-0',
  'id', id, 'prev', before[2] or '', 'at', at, 'keys', ARGV[11])
if type(added) == 'table' then return { 'broken', feed } end

local texts, bytes = {}, 0
for i = 1, changes do
  local document, index, first = KEYS[6 + 2 * i], KEYS[7 + 2 * i], 10 + 4 * i
  local action, key = ARGV[first + 1], ARGV[first + 3]
  if ARGV[first] == '!' and action ~= 'check' then
    redis.call('RENAME', document, index .. ':set-aside:' .. key .. ':' .. seqText)
  end
  if action == 'set' then
    local text = '{"value":{"v":' .. seqText .. ',' .. string.sub(ARGV[first + 2], 2) .. '}'
    redis.call('SET', document, text)
    redis.call('SADD', index, key)
    texts[#texts + 1], bytes = text, bytes + #text
  elseif action == 'delete' then
    texts[#texts + 1] = ''
    redis.call('DEL', document)
    redis.call('SREM', index, key)
  end
end

local function entry(body)
  return '{"commitId":"' .. id .. '","op":' .. opJson .. ',"at":' .. at .. ',"body":' .. body .. '}'
end

local next = 14 + 4 * changes
for i = 0, audits - 1 do
  redis.call('XADD', audit, seqText .. '-' .. i, 'e', entry(ARGV[next + i]))
end
next = next + audits
for i = 0, outboxes - 1 do
  local name = seqText .. '-' .. i
  redis.call('HSET', outbox, name, entry(ARGV[next + i]))
  redis.call('ZADD', line, string.format('%.10f', seq + i / 1024), name)
end

local receipt = seqText .. ' ' .. id .. ' ' .. at
redis.call('SET', opKey, receipt, 'PX', ARGV[9])
redis.call('HSET', head, 'seq', seqText, 'id', id, 'at', at)
local message = 'commit ' .. seqText
if bytes + #ARGV[11] <= tonumber(ARGV[13]) then
  message = message .. '\n{"database":' .. ARGV[12] .. ',"id":"' .. id .. '","prev":"' .. (before[2] or '') .. '","at":' .. at ..
    ',"lineage":"' .. (before[3] or '') .. '","keys":' .. ARGV[11] .. '}'
  for _, text in ipairs(texts) do message = message .. '\n' .. text end
end
redis.call('PUBLISH', ARGV[10], message)
return { 'done', receipt }
