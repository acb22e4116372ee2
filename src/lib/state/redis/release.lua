-- Gives a lease up. The token stays, so that it never falls.
-- KEYS: lease; ARGV: owner channel name
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'owner', '', 'until', '0')
redis.call('PUBLISH', ARGV[2], 'lease ' .. ARGV[3])
return 1
