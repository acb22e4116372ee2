import { describeRedis } from '../support/redis/available.js';
import { redisGround } from '../support/redis/ground.js';
import { startRedis } from '../support/redis/server.js';
import { storeContract } from './store.contract.js';

describeRedis('with a server', () => {
  storeContract('single Redis', async () => redisGround(await startRedis()));
});
