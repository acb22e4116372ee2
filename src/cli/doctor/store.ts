/** The store: does it answer, is its data safe, whole and delivered? */
import { count } from '../../lib/core/count.js';
import { resolve } from 'node:path';
import type { StateConfig } from '../../config/Config.js';
import { RolloutError } from '../../lib/core/RolloutError.js';
import { openStore } from '../../lib/state/openStore.js';
import { namespaces, type Store } from '../../lib/state/Store.js';
import type { Terminal } from '../Terminal.js';
import { isThere } from '../withStore.js';
import { clockFinding } from './clock.js';
import { ok, problem, warning, type Finding } from './Finding.js';

/** Which parked notices are worth naming; the rest are counted. */
const shownReasons = 3;

export async function checkStore(
  config: StateConfig,
  terminal: Pick<Terminal, 'now'>,
): Promise<readonly Finding[]> {
  if (!isThere(config)) {
    const next =
      'If the bot has run before, this is not its directory: go there, or set DATA_DIR as the bot has it.';
    return [warning('store', `Nothing has been kept in ${resolve(config.dataDir)} yet.`, next)];
  }
  let store: Store;
  try {
    store = await openStore(config);
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    return [problem('store', error.message, error.next ?? 'See REDIS_URL and DATA_DIR.')];
  }
  try {
    return await look(store, config, terminal);
  } finally {
    await store.close();
  }
}

async function look(
  store: Store,
  config: StateConfig,
  terminal: Pick<Terminal, 'now'>,
): Promise<readonly Finding[]> {
  const health = await store.health();
  const kind = health.kind === 'lmdb' ? `Embedded, in ${resolve(config.dataDir)}` : 'Redis';
  if (!health.reachable) {
    const where =
      health.kind === 'lmdb'
        ? 'the directory that DATA_DIR names'
        : 'the server that REDIS_URL names, its password and the network';
    return [
      problem(
        'store',
        `${kind}: it does not answer.`,
        `Check ${where}. Flags keep their last value meanwhile; changes are refused.`,
      ),
    ];
  }
  const answers = ok('store', `${kind}: answers in ${health.latencyMs?.toFixed(1) ?? '?'} ms.`);
  const risks = health.warnings.map((text) =>
    warning('store', text, 'Change the setting of the store; until then data may be lost.'),
  );
  try {
    return [
      answers,
      ...risks,
      ...(await skew(store, terminal)),
      ...(await documents(store)),
      ...(await notices(store)),
    ];
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    return [answers, ...risks, problem('store', error.message, error.next ?? 'Run this again.')];
  }
}

async function skew(store: Store, { now }: Pick<Terminal, 'now'>): Promise<readonly Finding[]> {
  const asked = now();
  const theirs = await store.time();
  return [clockFinding('the store', (asked + now()) / 2 - theirs)];
}

async function documents(store: Store): Promise<readonly Finding[]> {
  const { documents: all, damaged, head } = await store.load();
  const total = namespaces.reduce((sum, ns) => sum + all[ns].size, 0);
  return [
    ok('state', `${count(total, 'document')} as of change ${head.seq}.`),
    ...damaged.map(({ ns, key, problem: why }) =>
      problem(
        `${ns}:${key}`,
        `This document is damaged and left alone: ${why}`,
        'A running bot keeps it aside and offers its last good version (/rollback recover); a snapshot brings it back, too ("rollouts restore").',
      ),
    ),
  ];
}

async function notices(store: Store): Promise<readonly Finding[]> {
  const parked = await store.outbox.parked();
  if (parked.length === 0) return [];
  const reasons = [...new Set(parked.map(({ reason }) => reason))];
  const more =
    reasons.length > shownReasons ? ` (and ${count(reasons.length - shownReasons, 'other reason')})` : '';
  return [
    warning(
      'notices',
      `${count(parked.length, 'notice')} could not be delivered: ${reasons.slice(0, shownReasons).join('; ')}${more}`,
      'Mend the channel or the rights, then restart the bot: it tries them again.',
    ),
  ];
}
