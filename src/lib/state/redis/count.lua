-- Adds to counters, once a batch. KEYS: batch buckets, then the bucket of each addition; ARGV: rememberedMs, then triples: bucket field by
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 0 end
for i = 3, #KEYS do
  local first = 2 + (i - 3) * 3
  redis.call('ZADD', KEYS[2], 0, ARGV[first])
  redis.call('HINCRBYFLOAT', KEYS[i], ARGV[first + 1], ARGV[first + 2])
end
return 1
