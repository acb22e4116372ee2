-- What happened after a sequence number, with the documents as they stand now, in one view.
-- KEYS: head feed; ARGV: after limit documentPrefix (documents share the hash tag, hence the node)
local entries = redis.call('XRANGE', KEYS[2], '(' .. ARGV[1] .. '-0', '+', 'COUNT', ARGV[2])
local documents, taken = {}, {}
for _, entry in ipairs(entries) do
  for _, name in ipairs(cjson.decode(entry[2][8])) do
    local key = ARGV[3] .. name[1] .. ':' .. name[2]
    if not taken[key] then
      taken[key] = true
      local raw = redis.pcall('GET', key)
      if type(raw) == 'table' then raw = '' end
      documents[#documents + 1] = { name[1], name[2], raw }
    end
  end
end
return { redis.call('HMGET', KEYS[1], 'seq', 'id', 'at', 'lineage'), entries, documents }
