-- Appends rows to the ledger's series, once a batch. KEYS: batch index, then the series of each row; ARGV: rememberedMs, then pairs: series row
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 0 end
for i = 3, #KEYS do
  local first = 2 + (i - 3) * 2
  redis.call('ZADD', KEYS[2], 0, ARGV[first])
  redis.call('RPUSH', KEYS[i], ARGV[first + 1])
end
return 1
