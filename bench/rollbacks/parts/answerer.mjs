// Follows the state and answers whether a flag is off here, as every process of a bot does; started by proof.mjs.
import { FlagsService } from '../../../dist/esm/lib/flags/FlagsService.js';
import { Presence } from '../../../dist/esm/lib/presence/Presence.js';
import { answerFlagsOff, flagsOffKind } from '../../../dist/esm/lib/rollbacks/proof/checks/flagsOff.js';
import { openStore } from '../../../dist/esm/lib/state/openStore.js';

export async function openProcess(redisUrl, name) {
  const store = await openStore({ redisUrl, dataDir: '', prefix: 'bench' });
  const realTime = { now: () => Date.now() };
  const flags = new FlagsService({ store, clock: realTime, servesFlags: true });
  const presence = new Presence({
    ...{ store, process: name, release: '1.0.0', realTime },
    serves: () => ({ guilds: 600, shards: [0], shardCount: 1 }),
    logger: { debug() {}, info() {}, warn: console.error, error: console.error },
  });
  presence.answer(
    flagsOffKind,
    answerFlagsOff({
      list: () => flags.list(),
      evaluate: (flag, guildId) => flags.evaluate(flag, guildId),
      isOn: (flag, guildId) => flags.isOn(flag, guildId),
    }),
  );
  const followings = [await store.follow(flags.follower), await store.follow(presence.follower)];
  await presence.turn();
  return {
    store,
    flags,
    presence,
    close: async () => {
      await presence.close();
      flags.close();
      for (const following of followings) await following.close();
      await store.close();
    },
  };
}

const [redisUrl, name] = process.argv.slice(2);
if (process.send !== undefined && name !== undefined) {
  const opened = await openProcess(redisUrl, name);
  process.send('ready');
  process.on('message', async () => {
    await opened.close();
    process.disconnect();
  });
}
