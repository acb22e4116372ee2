import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/lib/core/Clock.js';
import { announceLogWriter, wroteLogLine } from '../../../../src/lib/smoke/probes/logLines.js';
import { probeEndpoint } from '../../../../src/lib/smoke/probes/probeEndpoint.js';
import { probeLog } from '../../../../src/lib/smoke/probes/probeLog.js';
import { probeMetrics } from '../../../../src/lib/smoke/probes/probeMetrics.js';
import { probePrefix, probeStore } from '../../../../src/lib/smoke/probes/probeStore.js';
import { faultsOf } from '../../../../src/lib/smoke/probes/wording.js';
import { type House, openHouse } from '../../alerts/dispatch/house.js';

const signal = new AbortController().signal;
const during = { clock: systemClock, signal };

describe('the state store', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(() => house.close());

  const bad = async (store: Parameters<typeof probeStore>[0]['store'] = house.store) => {
    const findings = await probeStore({ store, clock: systemClock, progress: () => undefined });
    return findings.filter(({ ok }) => !ok).map(({ what }) => what);
  };
  const over = (more: object) => Object.assign(Object.create(house.store) as House['store'], more);

  it('that keeps what it is given passes, and nothing is left behind', async () => {
    expect(await bad()).toEqual([]);
    const { documents } = await house.store.load();
    expect([...documents.deployments.keys()].filter((key) => key.startsWith(probePrefix))).toEqual([]);
  });

  it('that reads back something else is named', async () => {
    expect(await bad(over({ getMany: async () => [null] }))).toEqual(['what is written is read back']);
  });

  it('that writes slowly is named with its times; one slow step of a process that just began is not', async () => {
    const slow = async (slowSteps: readonly number[]) => {
      let now = 0;
      let step = 0;
      const commit: House['store']['commit'] = async (order) => {
        now += slowSteps[step++] ?? 0;
        return house.store.commit(order);
      };
      const clock = { now: () => now };
      const findings = await probeStore({ store: over({ commit }), clock, progress: () => undefined });
      return findings.find(({ ok }) => !ok)?.detail;
    };
    expect(await slow([900, 0])).toBeUndefined();
    expect(await slow([900, 800])).toContain('writing 900 ms, reading back 0 ms, deleting 800 ms');
  });

  it('whose server risks data is named by each setting', async () => {
    const health = async () => ({ ...(await house.store.health()), warnings: ['appendonly is no'] });
    const findings = await probeStore({
      store: over({ health }),
      clock: systemClock,
      progress: () => undefined,
    });
    expect(findings.find(({ ok }) => !ok)?.detail).toBe('appendonly is no');
  });
});

describe('an HTTP endpoint', () => {
  let server: Server;
  let status = 200;
  let url: string;
  beforeEach(async () => {
    server = createServer((_request, response) => void (status === 0 || response.writeHead(status).end()));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const ask = (withinMs = 2_000) => probeEndpoint({ name: 'payments', url, status: 200, withinMs }, during);

  it('passes by its status alone', async () => {
    status = 200;
    expect(await ask()).toMatchObject({ what: 'payments answers', ok: true });
    status = 302;
    expect((await ask()).detail).toContain('It answered 302');
  });

  it('that never answers, or is not there, is said so', async () => {
    status = 0;
    expect((await ask(50)).detail).toBe('It did not answer within 50 ms.');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect((await ask()).detail).toContain('It cannot be reached');
  });
});

describe('the log', () => {
  it('passes once the sink has the very line, and fails where nothing is logged', async () => {
    announceLogWriter();
    const write = (line: string): boolean => {
      wroteLogLine('something else');
      wroteLogLine(line);
      return true;
    };
    expect(await probeLog(write, signal)).toMatchObject({ ok: true });
    expect(await probeLog(() => false, signal)).toMatchObject({ ok: false });
    const lost = new AbortController();
    lost.abort(new Error('over'));
    expect((await probeLog(() => true, lost.signal)).detail).toContain('did not arrive');
  });
});

describe('the metrics', () => {
  it('pass where the counter moves, and fail where it stands still', async () => {
    let value = 4;
    const text = async () => `# HELP probes\nprobes ${value}\nprobes_more 9\n`;
    const probe = { name: 'probes', httpUrl: undefined, text, signal };
    expect(await probeMetrics({ ...probe, move: () => (value += 1) })).toMatchObject({ ok: true });
    expect((await probeMetrics({ ...probe, move: () => undefined })).detail).toContain(
      'probes was 5 and is 5',
    );
  });
});

describe('what is shown', () => {
  const looks = [{ colour: 1, sign: '✅' }];
  const embed = { color: 1, title: '✅ Done', description: 'All is well.' };

  it('passes in our look, and each slip is named', () => {
    expect(faultsOf({ embeds: [embed] }, looks)).toEqual([]);
    expect(faultsOf({ embeds: [{ ...embed, color: 2 }] }, looks)).toEqual(['its colour is none of ours']);
    expect(faultsOf({ embeds: [{ ...embed, title: 'Done' }] }, looks)).toEqual([
      'its title lacks the sign of its colour',
    ]);
    expect(faultsOf({ content: 'hello undefined' }, looks)).toEqual(['it says "undefined"']);
    expect(faultsOf({ embeds: [{ ...embed, fields: [{ name: 'a', value: ' ' }] }] }, looks)).toEqual([
      'a field is empty',
    ]);
    expect(faultsOf({ embeds: [{ ...embed, title: `✅${'x'.repeat(256)}` }] }, looks)).toEqual([
      'it is over a limit',
    ]);
  });

  it('looks into components as deep as they go, counts rows of buttons alone, and leaves out what people may have said', () => {
    const inside = { type: 17, components: [{ type: 9, components: [{ type: 10, content: 'NaN %' }] }] };
    expect(faultsOf({ components: [inside] }, looks)).toEqual(['it says "NaN"']);
    expect(faultsOf({ components: [inside] }, looks, [])).toEqual([]);
    const row = { type: 1, components: [{ type: 2, label: 'Show' }] };
    expect(faultsOf({ components: Array(6).fill(inside) }, looks, [])).toEqual([]);
    expect(faultsOf({ components: Array(6).fill(row) }, looks)).toEqual([
      'it has more than five rows of buttons',
    ]);
  });
});
