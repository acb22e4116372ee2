/** The same flags in flagd-core and in Unleash, each in its own words, both without a network. */
import { FlagdCore } from '@openfeature/flagd-core';
import { InMemStorageProvider, Unleash } from 'unleash-client';
import { listOf } from './flags.mjs';

export function flagd({ simple, percentage, list }) {
  const fractional = ({ basisPoints }) => ({
    fractional: [
      { cat: [{ var: '$flagd.flagKey' }, ':', { var: 'targetingKey' }] },
      ['on', basisPoints],
      ['off', 10_000 - basisPoints],
    ],
  });
  const flag = (defaultVariant, targeting) => ({
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant,
    ...(targeting && { targeting }),
  });
  const flags = Object.fromEntries([
    ...simple.map(({ key, basisPoints }) => [key, flag(basisPoints === 0 ? 'off' : 'on')]),
    ...percentage.map((one) => [one.key, flag('off', fractional(one))]),
    ...list.map((one, i) => [
      one.key,
      flag('off', { if: [{ in: [{ var: 'targetingKey' }, listOf(i)] }, 'on', fractional(one)] }),
    ]),
  ]);
  const core = new FlagdCore();
  core.setConfigurations(JSON.stringify({ flags }));
  return { isEnabled: (key, id) => core.resolveBooleanEvaluation(key, false, { targetingKey: id }).value };
}

export async function unleash({ simple, percentage, list }) {
  const rollout = ({ basisPoints }, constraints = []) => ({
    name: 'flexibleRollout',
    parameters: { rollout: String(Math.round(basisPoints / 100)), stickiness: 'userId', groupId: 'bench' },
    constraints,
  });
  const onList = (i) => [{ contextName: 'userId', operator: 'IN', values: listOf(i) }];
  const feature = (name, enabled, strategies) => ({ name, type: 'release', enabled, strategies });
  const data = [
    ...simple.map(({ key, basisPoints }) =>
      feature(key, basisPoints !== 0, [{ name: 'default', parameters: {} }]),
    ),
    ...percentage.map((one) => feature(one.key, true, [rollout(one)])),
    ...list.map((one, i) =>
      feature(one.key, true, [rollout({ basisPoints: 10_000 }, onList(i)), rollout(one)]),
    ),
  ];
  const client = new Unleash({
    appName: 'bench',
    url: 'http://127.0.0.1:9/',
    refreshInterval: 0,
    disableMetrics: true,
    skipInstanceCountWarning: true,
    bootstrap: { data },
    storageProvider: new InMemStorageProvider(),
  });
  // There is no server, and none is wanted: the flags come from the bootstrap.
  client.on('error', () => undefined);
  client.on('warn', () => undefined);
  await new Promise((resolve) => client.once('ready', resolve));
  return { isEnabled: (key, id) => client.isEnabled(key, { userId: id }), close: () => client.destroy() };
}
