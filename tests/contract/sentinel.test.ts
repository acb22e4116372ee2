import { describeRedis } from '../support/redis/available.js';
import { redisGround } from '../support/redis/ground.js';
import { startSentinelGroup } from '../support/redis/sentinel.js';
import { storeContract } from './store.contract.js';

describeRedis('with a server', () => {
  storeContract('Redis Sentinel', async () => redisGround(await startSentinelGroup()));
});
