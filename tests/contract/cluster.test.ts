import { describeRedis } from '../support/redis/available.js';
import { redisGround } from '../support/redis/ground.js';
import { startCluster } from '../support/redis/cluster.js';
import { storeContract } from './store.contract.js';

describeRedis('with a server', () => {
  storeContract('a Redis Cluster', async () =>
    // Three masters without replicas: nobody could confirm a commit.
    redisGround(await startCluster(), { waitForReplicas: 0 }),
  );
});
