/** Databases, services of others, and whether people's commands still arrive. */
import { describe, expect, it } from 'vitest';
import type { Usual } from '../../../../src/lib/deployments/documents.js';
import { externalServices, stateStore } from '../../../../src/lib/deployments/monitor/checks/probes.js';
import { userCommands } from '../../../../src/lib/deployments/monitor/checks/userCommands.js';
import type { Seen } from '../../../../src/lib/deployments/monitor/Seen.js';
import type { ProcessReport } from '../../../../src/lib/health/recording/ProcessReport.js';
import { process, type Ran, realNow, seen, settings, usual } from './seeing.js';

const probed = (...results: boolean[]) => results.map((isHealthy, at) => ({ at, isHealthy }));

describe('databases', () => {
  const look = (...probes: ProcessReport['probes'][]) =>
    stateStore(seen({}, { processes: probes.map((one) => process({ probes: one })) }), usual, settings);

  it('are down where three of the last five failed, at once', () => {
    expect(look({ pg: probed(true, false, false, true, false) })).toMatchObject({
      ...{ is: 'bad', isCertain: true, trigger: 'database', value: 0.4, baseline: 1 },
      sentence: 'pg failed 3 of the last 5 times.',
    });
  });

  it('that failed the last time only are bad, and count with looks in a row', () => {
    expect(look({ pg: probed(true, true, false, true, false) })).toMatchObject({
      is: 'bad',
      isCertain: false,
    });
    expect(look({ pg: probed(false, false, true) })).toMatchObject({ is: 'healthy' });
  });

  it('are down where they are for one process, though not for the others', () => {
    const bad = { pg: probed(false, false, false) };
    const good = { pg: [10, 11, 12].map((at) => ({ at, isHealthy: true })) };
    expect(look(good, bad).isCertain).toBe(true);
    expect(look(bad, good).isCertain).toBe(true);
  });

  it('speak by their newest answer, whichever process had it', () => {
    const old = {
      pg: [
        { at: 1, isHealthy: true },
        { at: 3, isHealthy: false },
      ],
    };
    const newer = {
      pg: [
        { at: 2, isHealthy: true },
        { at: 4, isHealthy: true },
      ],
    };
    expect([look(old, newer).is, look(newer, old).is]).toEqual(['healthy', 'healthy']);
  });

  it('that nobody asked are unknown, and services of others are no databases', () => {
    expect(look({})).toMatchObject({ is: 'unknown', value: null });
    expect(look({ pg: [] }).is).toBe('unknown');
    expect(look({ payments: probed(false, false, false) }).is).toBe('unknown');
  });
});

describe('external services', () => {
  const look = (probes: ProcessReport['probes'], more: Partial<ProcessReport> = {}) =>
    externalServices(seen({}, { processes: [process({ probes, ...more })] }), usual, settings);

  it('are bad as long as any answer was, and never count at once', () => {
    expect(look({ payments: probed(true, true) })).toMatchObject({ is: 'healthy', value: 1 });
    expect(look({ payments: probed(false, true) })).toMatchObject({
      is: 'bad',
      isCertain: false,
      value: 0.5,
    });
    expect(look({ payments: probed(false, true) }).sentence).toContain('it comes and goes');
    expect(look({ payments: probed(false, false, false) }).sentence).not.toContain('comes and goes');
  });

  it('that are named and not asked are unknown', () => {
    expect(look({})).toMatchObject({
      is: 'unknown',
      sentence: expect.stringContaining('payments') as string,
    });
    expect(look({ payments: [] }).is).toBe('unknown');
  });

  it('one of them is Discord: a process that is not connected is bad', () => {
    expect(look({ payments: probed(true) }, { gatewayPingMs: null })).toMatchObject({
      ...{ is: 'bad', trigger: 'external-services' },
      sentence: "Discord's gateway: the bot is not connected for two minutes and more.",
    });
  });

  it('one that only just started, or only just lost its connection, is not away: two minutes of real time', () => {
    const at = (startedAgo: number, awayAgo?: number) =>
      look(
        { payments: probed(true) },
        {
          ...{ gatewayPingMs: null, startedAt: realNow - startedAgo },
          ...(awayAgo !== undefined && { gatewayAwaySince: realNow - awayAgo }),
        },
      ).is;
    expect([at(119_999), at(120_000)]).toEqual(['healthy', 'bad']);
    expect([at(900_000, 119_999), at(900_000, 120_000)]).toEqual(['healthy', 'bad']);
  });

  it('are unknown where no process reports', () => {
    expect(externalServices(seen({}, { processes: [] }), usual, settings).is).toBe('unknown');
  });
});

describe('commands of people', () => {
  const look = (what: Ran, more: Partial<Seen> = {}, known: Usual | null = usual) =>
    userCommands(seen(what, more), known, settings);

  it('of which a quarter fail in three guilds are a crash storm', () => {
    const storm = { runs: 80, failures: 21, failingGuilds: 3 };
    expect(look(storm)).toMatchObject({ is: 'bad', isCertain: true, trigger: 'crash-storm' });
    expect(look({ ...storm, failures: 20 })).toMatchObject({
      ...{ is: 'healthy', trigger: 'user-commands', value: 0.75 },
    });
    expect(look({ ...storm, failingGuilds: 2 }).is).toBe('healthy');
  });

  it('that all but stopped are bad: fewer than a twentieth of what is usual', () => {
    // 1,000 are usual in five minutes.
    expect(look({ runs: 50, failures: 0 })).toMatchObject({ is: 'healthy', value: 1, baseline: 0.98 });
    expect(look({ runs: 49, failures: 0 })).toMatchObject({ is: 'bad', isCertain: false });
    expect(look({ runs: 0, failures: 0 }).sentence).toBe(
      '0 commands in 5 minutes, where about 1000 are usual.',
    );
  });

  it('where so few are usual that nobody misses them, or it is not known, none is unknown', () => {
    const few = { ...usual, runsAUnit: 599 };
    expect(look({ runs: 0, failures: 0 }, {}, few)).toMatchObject({ is: 'unknown', value: null });
    expect(look({ runs: 0, failures: 0 }, {}, { ...few, runsAUnit: 600 }).is).toBe('bad');
    expect(look({ runs: 0, failures: 0 }, {}, null)).toMatchObject({ is: 'unknown', baseline: null });
  });

  it('are unknown where nobody reports, and that is a matter of its own', () => {
    expect(look({}, { processes: [] })).toMatchObject({ is: 'unknown', trigger: 'no-telemetry' });
  });
});
