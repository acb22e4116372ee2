import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, pipeline, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadValue, NotNow } from '../../../src/lib/flags/errors.js';
import { CannotKeep, NothingAsked, OtherSnapshot } from '../../../src/lib/recovery/errors.js';
import type { RecoverRequest } from '../../../src/lib/recovery/RecoveryRoom.js';
import { SecondPersonNeeded } from '../../../src/lib/rollouts/errors.js';
import { BadSnapshot } from '../../../src/lib/state/errors.js';
import { ann, bob, flag, Ground } from './ground.js';

let ground: Ground;
let snapshot = '';
let sha256 = '';
beforeEach(async () => {
  ground = await Ground.make();
  await ground.put('flags', 'a', flag('a'));
  await ground.put('rollbacks', 'old', { schema: 1, state: 'completed', flag: 'a' });
  ({ name: snapshot, sha256 } = await ground.keeper().take('asked'));
  ground.now += 3_600_000;
  await ground.put('flags', 'a', flag('a', { enabled: false }));
  await ground.put('rollbacks', 'old', { schema: 1, state: 'completed', flag: 'a', proof: 'yes' });
  await ground.put('settings', 'live', { schema: 1, messages: 2 });
});
afterEach(() => ground.close());

const request = (more: Partial<RecoverRequest> = {}): RecoverRequest => ({
  ...{ by: ann, snapshot, reason: 'wrong percentage', sha256 },
  ...more,
});
const isOn = async (): Promise<unknown> => (await ground.get('flags', 'a'))?.['enabled'];

describe('the dry run', () => {
  it('says what would change and changes nothing', async () => {
    const before = (await ground.store.load()).head;
    const proposal = await ground.recovery().propose(snapshot);
    expect(proposal).toMatchObject({ snapshot, sha256, obstacle: null, needsSecondPerson: false });
    expect(await ground.recovery().check(snapshot)).toMatchObject({
      snapshot: { takenAt: proposal.takenAt },
    });
    expect(proposal.comparison.to.name).toBe(snapshot);
    expect(proposal.comparison.kinds).toMatchObject([{ ns: 'flags', lines: ['a: off → on at 25 %'] }]);
    expect((await ground.store.load()).head).toEqual(before);
  });

  it('says so where nothing would change, and where the snapshot is of another state', async () => {
    const { name } = await ground.keeper().take('asked');
    expect((await ground.recovery().propose(name)).notes[0]).toContain('Nothing would change');
    const other = await Ground.make();
    await other.put('flags', 'x', flag('x'));
    const foreign = await other.keeper().take('asked');
    await writeFile(
      join(ground.snapshots, foreign.name),
      await readFile(join(other.snapshots, foreign.name)),
    );
    await other.close();
    expect((await ground.recovery().propose(foreign.name)).notes.join()).toContain('another state');
  });
});

describe('a kill switch that was thrown since', () => {
  const off = { by: '1', at: 5, reason: 'it leaks' };
  beforeEach(() => ground.put('settings', 'switch', { schema: 1, off }));

  it('stays thrown, which the dry run says, and the notice afterwards', async () => {
    const { comparison, notes } = await ground.recovery().propose(snapshot);
    expect(notes[0]).toContain('Everything is off, and stays off');
    expect(comparison.kinds.map(({ ns }) => ns)).toEqual(['flags']);
    await ground.recovery().recover(request());
    expect(await ground.get('settings', 'switch')).toMatchObject({ off });
    expect(await isOn()).toBe(true);
    expect(JSON.stringify(await ground.store.outbox.pending(9))).toContain('and stays off');
  });

  it('and was released again is nothing to keep', async () => {
    await ground.put('settings', 'switch', { schema: 1, off: null });
    const { notes } = await ground.recovery().propose(snapshot);
    expect(notes.join()).not.toContain('stays off');
  });

  it('a single flag that was killed since is named before it is let go of', async () => {
    await ground.put('flags', 'a', flag('a', { killed: off }));
    const { notes } = await ground.recovery().propose(snapshot);
    expect(notes.join()).toContain('Killed now, and no longer killed then: a.');
  });
});

describe('going back', () => {
  it('turns decisions back, and leaves what happened: audit, rollbacks, messages', async () => {
    const outcome = await ground.recovery().recover(request());
    expect(outcome).toMatchObject({ status: 'done', snapshot, comparison: { kinds: [{ ns: 'flags' }] } });
    expect(await isOn()).toBe(true);
    expect(await ground.get('rollbacks', 'old')).toMatchObject({ proof: 'yes' });
    expect(await ground.get('settings', 'live')).toMatchObject({ messages: 2 });
    const [newest, ...older] = await ground.store.audit.read({ limit: 9 });
    expect(newest?.body).toMatchObject({
      kind: 'recovery',
      by: ann,
      snapshot,
      sha256,
      reason: 'wrong percentage',
      isBreakGlass: false,
    });
    expect(newest?.body).not.toHaveProperty('agreed');
    expect(JSON.stringify(await ground.store.outbox.pending(9))).not.toContain('"pingOnCall":true');
    expect(older).toHaveLength(5);
    expect(await ground.notices()).toEqual([expect.stringContaining('went back to a snapshot')]);
  });

  it('keeps what there was first, so that it can be taken back', async () => {
    const outcome = await ground.recovery().recover(request());
    if (outcome.status !== 'done') throw new Error('it was not done');
    const { sha256: kept } = await ground.recovery().propose(outcome.kept);
    await ground.recovery().recover(request({ snapshot: outcome.kept, sha256: kept }));
    expect(await isOn()).toBe(false);
  });

  it('changes nothing where what there is cannot be kept', async () => {
    ground.open = () =>
      new Writable({
        write: (_chunk, _encoding, done) => {
          done(Object.assign(new Error('full'), { code: 'ENOSPC' }));
        },
      });
    await expect(ground.recovery().recover(request())).rejects.toThrow(CannotKeep);
    expect(await isOn()).toBe(false);
  });

  it('is refused without a reason, for another file than was shown, and for one that is damaged', async () => {
    await expect(ground.recovery().recover(request({ reason: ' ' }))).rejects.toThrow(BadValue);
    await expect(ground.recovery().recover(request({ sha256: 'f00' }))).rejects.toThrow(OtherSnapshot);
    await writeFile(join(ground.snapshots, snapshot), 'junk');
    await expect(ground.recovery().recover(request())).rejects.toThrow(BadSnapshot);
    expect(await isOn()).toBe(false);
  });

  it('what happens while that is kept stays, and a rollback that begins then is not left half done', async () => {
    const during = (act: () => Promise<unknown>): void => {
      ground.open = (path) => {
        const file = new PassThrough();
        ground.open = undefined;
        pipeline(
          file,
          async function* (text: AsyncIterable<Buffer>) {
            yield* text;
            await act();
          },
          createWriteStream(path),
          () => undefined,
        );
        return file;
      };
    };
    during(() => ground.put('deployments', '7F3K2QX0', { schema: 1, state: 'deploying' }));
    await ground.recovery().recover(request());
    expect(await isOn()).toBe(true);
    expect(await ground.get('deployments', '7F3K2QX0')).toMatchObject({ state: 'deploying' });
    await ground.put('flags', 'a', flag('a', { enabled: false }));
    during(() => ground.put('rollbacks', 'new', { schema: 1, state: 'running', flag: 'a' }));
    await expect(ground.recovery().recover(request())).rejects.toThrow(NotNow);
    expect(await ground.get('rollbacks', 'new')).toMatchObject({ state: 'running' });
    expect(await isOn()).toBe(false);
  });

  it('waits while a rollback is under way, stands still or is taken back', async () => {
    for (const state of ['running', 'paused', 'returning']) {
      await ground.put('rollbacks', 'new', { schema: 1, state, flag: 'a' });
      expect((await ground.recovery().propose(snapshot)).obstacle).toContain('A rollback of a is under way');
      await expect(ground.recovery().recover(request())).rejects.toThrow(NotNow);
    }
    await ground.put('rollbacks', 'new', { schema: 1, state: 'proving', flag: 'a' });
    expect(await ground.recovery().recover(request())).toMatchObject({ status: 'done' });
  });
});

describe('where a second person is asked for', () => {
  beforeEach(() => {
    ground.hasApprovers = true;
  });
  const ask = async (): Promise<string> => {
    const outcome = await ground.recovery().recover(request());
    if (outcome.status !== 'asked') throw new Error('nobody was asked');
    return outcome.request.id;
  };

  it('nothing changes until another one agrees, and then once', async () => {
    const id = await ask();
    expect(await isOn()).toBe(false);
    expect(await ground.recovery().pending()).toMatchObject({ id, snapshot, by: ann });
    await expect(ground.recovery().agree(id, ann)).rejects.toThrow(SecondPersonNeeded);
    const [one, two] = [ground.recovery(), ground.recovery()];
    const both = await Promise.allSettled([one.agree(id, bob), two.agree(id, bob)]);
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await isOn()).toBe(true);
    expect(await ground.recovery().pending()).toBeUndefined();
    await expect(ground.recovery().agree(id, bob)).rejects.toThrow(NothingAsked);
    const trail = await ground.store.audit.read({ limit: 99 });
    expect(trail.filter(({ body }) => JSON.stringify(body).includes('Go back to'))).toHaveLength(1);
    expect(trail[0]?.body).toMatchObject({ by: ann, agreed: bob });
  });

  it('they agree to the very content that was shown', async () => {
    const id = await ask();
    const other = await ground.store.snapshot();
    await ground.keeper().folder.write(other, ground.now - 3_600_000, 'asked');
    await writeFile(
      join(ground.snapshots, snapshot),
      await (
        await import('node:fs/promises')
      ).readFile(join(ground.snapshots, (await ground.recovery().snapshots())[0]?.name ?? '')),
    );
    await expect(ground.recovery().agree(id, bob)).rejects.toThrow(OtherSnapshot);
  });

  it('it can be refused, is forgotten after a day, and the newest request counts', async () => {
    const [first, second] = [await ask(), await ask()];
    await expect(ground.recovery().agree(first, bob)).rejects.toThrow(NothingAsked);
    await ground.recovery().refuse(second, bob);
    await expect(ground.recovery().agree(second, bob)).rejects.toThrow(NothingAsked);
    const third = await ask();
    ground.now += 86_400_000;
    await expect(ground.recovery().agree(third, bob)).rejects.toThrow(NothingAsked);
    expect(await isOn()).toBe(false);
    expect((await ground.notices()).map((text) => /"title":"([^"]*)"/.exec(text)?.[1])).toEqual([
      'Someone asks to go back to a snapshot',
      'Someone asks to go back to a snapshot',
      'The state does not go back to the snapshot',
      'Someone asks to go back to a snapshot',
    ]);
  });

  it('the glass can be broken, and staff are told that it was', async () => {
    expect(await ground.recovery().recover(request({ isBreakGlass: true }))).toMatchObject({
      status: 'done',
    });
    const [notice = ''] = await ground.notices();
    expect(notice).toContain('The glass was broken');
    expect(notice).toContain('"pingOnCall":true');
  });
});
