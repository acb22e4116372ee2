import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeReceipt } from '../../src/lib/rollbacks/proof/receipt/makeReceipt.js';
import { openStore } from '../../src/lib/state/openStore.js';
import { proofWith, rollbackWith, Trail } from '../lib/rollbacks/proof/ground.js';
import { rollouts } from './FakeTerminal.js';

describe('rollouts verify', () => {
  let folder: string;
  let file: string;
  let text: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollouts-receipt-'));
    file = join(folder, 'receipt.json');
    const audit = new Trail([{ rollback: '7F3KQX00' }]);
    const made = await makeReceipt(rollbackWith({ proof: proofWith() }), {
      audit,
      realTime: { now: () => 1 },
    });
    text = made.file.text;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const verify = async (content: string | Buffer, ...more: string[]) => {
    await writeFile(file, content);
    return rollouts(['verify', file, ...more], {});
  };

  it('says in plain words what was proved, and ends in 0', async () => {
    const { exitCode, out, err } = await verify(text);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain('Rollback 7F3KQX00 of new_greeting (immediate, security)');
    expect(out).toContain('by ada (1001): tokens in the log');
    expect(out).toContain('complete after 4.00 s. 2 guilds had it on.');
    expect(out).toContain('Proven: all five checks passed.');
    expect(out).toContain('✓ flags-off: Off in all 2 processes, asked about 2 guilds');
    expect(out).toContain('/rollback status 7F3KQX00');
    expect(out).toMatch(/Digest: [0-9a-f]{64}/);
  });

  it('says which part of one changed by hand does not hold, and ends in 1', async () => {
    const { exitCode, out, err } = await verify(text.replace('tokens in the log', 'no reason at all'));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('does not hold');
    expect(err).toContain('rollback: It was changed after the receipt was made');
  });

  it('answers programs in JSON', async () => {
    const { out } = await verify(text, '--json');
    expect(JSON.parse(out)).toMatchObject({ ok: true, kind: 'receipt', proof: 'proven', problems: [] });
    const changed = await verify('{}', '--json');
    expect(changed.exitCode).toBe(1);
    expect(JSON.parse(changed.out)).toMatchObject({ ok: false, problems: [{ part: 'file' }] });
  });

  it('says so where there is no such file', async () => {
    const { exitCode, err } = await rollouts(['verify', join(folder, 'none.json')], {});
    expect(exitCode).toBe(1);
    expect(err).toContain('none.json does not exist.');
  });

  it('verifies a snapshot, too, and refuses a damaged one', async () => {
    const taken = join(folder, 'one.snapshot.gz');
    await (await openStore({ dataDir: join(folder, 'data'), prefix: 'rollouts' })).close();
    expect((await rollouts(['snapshot', taken], { DATA_DIR: join(folder, 'data') })).exitCode).toBe(0);
    const whole = await rollouts(['verify', taken], {});
    expect(whole).toMatchObject({ exitCode: 0 });
    expect(whole.out).toContain('is whole: 0 documents');
    const damaged = await verify(Buffer.from([0x1f, 0x8b, 1, 2, 3]));
    expect(damaged.exitCode).toBe(1);
    expect(damaged.err).not.toContain('This is a bug');
  });
});
