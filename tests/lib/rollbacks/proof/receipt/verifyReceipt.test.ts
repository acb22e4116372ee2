import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../../src/lib/core/Json.js';
import { makeReceipt } from '../../../../../src/lib/rollbacks/proof/receipt/makeReceipt.js';
import {
  digestOf,
  digestOfReceipt,
  receiptParts,
  receiptText,
  type Receipt,
} from '../../../../../src/lib/rollbacks/proof/receipt/Receipt.js';
import { verifyReceipt } from '../../../../../src/lib/rollbacks/proof/receipt/verifyReceipt.js';
import { answerOf, off, proofWith, rollbackWith, rollCall, Trail } from '../ground.js';
import { flagsOff } from '../../../../../src/lib/rollbacks/proof/checks/flagsOff.js';

const about = { kind: 'rollbacks', rollback: '7F3KQX00', title: 'Took new_greeting back' };
const trail = new Trail([{ title: 'other' }, about, { title: 'between' }, [about, { title: 'killed' }]]);
const realTime = { now: () => 5 };

async function made(audit = trail, proof = proofWith()): Promise<{ text: string; receipt: Receipt }> {
  const { file, digest } = await makeReceipt(rollbackWith({ proof }), { audit, realTime });
  const receipt = JSON.parse(file.text) as Receipt;
  expect(receipt.digest).toBe(digest);
  expect(file.name).toBe('receipt-7F3KQX00.json');
  return { text: file.text, receipt };
}

/** As a clever forger would: every digest is calculated anew. */
function forged(
  receipt: Receipt,
  change: (draft: { -readonly [K in keyof Receipt]: Receipt[K] }) => void,
): string {
  const draft = structuredClone(receipt);
  change(draft);
  const raw = draft as unknown as Record<string, Json>;
  raw['digests'] = Object.fromEntries(receiptParts.map((part) => [part, digestOf(raw[part] ?? null)]));
  raw['digest'] = digestOfReceipt(raw);
  return receiptText(raw);
}

const problems = (text: string) => verifyReceipt(text).problems.map(({ part }) => part);

describe('a receipt', () => {
  test('verifies as it was made, without anything but its text', async () => {
    const { text, receipt } = await made();
    expect(verifyReceipt(text)).toMatchObject({ ok: true, problems: [] });
    expect(receipt.proof.verdict).toBe('proven');
    expect(receipt.rollback).toMatchObject({ flag: 'new_greeting', by: { id: '1001', name: 'ada' } });
  });

  test('does not verify with any byte changed', async () => {
    const bytes = Buffer.from((await made()).text);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, by) => {
          const changed = Buffer.from(bytes);
          changed[at] = (changed[at]! + by) % 256;
          return !verifyReceipt(changed.toString('utf8')).ok;
        },
      ),
      { numRuns: 400 },
    );
  });

  test('does not verify cut off anywhere, or with anything added', async () => {
    const { text } = await made();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (at) => !verifyReceipt(text.slice(0, at)).ok),
      { numRuns: 100 },
    );
    expect(problems(`${text}\n`)).toEqual(['file']);
    expect(problems(JSON.stringify(JSON.parse(text)))).toEqual(['file']);
  });

  test('names the part that was changed by hand', async () => {
    const { text } = await made();
    expect(problems(text.replace('"ada"', '"bob"'))).toEqual(['rollback', 'digest']);
    expect(problems(text.replace('Off for 2 guilds.', 'Off for 3 guilds.'))).toEqual(['steps', 'digest']);
    expect(problems(text.replace('"evaluated": 2', '"evaluated": 3'))).toEqual(['proof', 'digest']);
    expect(problems(text.replace('"killed"', '"killer"'))).toEqual(['audit', 'digest', 'audit']);
    expect(problems(text.replace('"madeAt": 5', '"madeAt": 6'))).toEqual(['digest']);
  });

  test('that is no receipt says what it is instead', () => {
    expect(verifyReceipt('{').problems[0]?.problem).toContain('no JSON');
    expect(verifyReceipt('{"a":1}').problems[0]?.problem).toBe('It is no receipt of a rollback.');
    expect(
      verifyReceipt('{"format":"rollouts-rollback-receipt","version":2}').problems[0]?.problem,
    ).toContain('another version');
  });
});

describe('a receipt written anew by a forger', () => {
  test('is found where an entry of the audit was changed, left out or moved', async () => {
    const { receipt } = await made();
    const inRun = (change: (entries: Receipt['audit']['runs'][number]['entries']) => void) =>
      problems(forged(receipt, ({ audit }) => change(audit.runs[0]!.entries)));
    expect(inRun((entries) => void (entries[1]!.at += 1))).toEqual(['audit']);
    expect(inRun((entries) => void entries.splice(1, 1))).toEqual(['audit']);
    expect(inRun((entries) => void entries.reverse())).toContain('audit');
    expect(inRun((entries) => void (entries[0]!.body = { title: 'nothing' }))).toContain('audit');
  });

  test('is found where it carries the audit of another rollback', async () => {
    const { receipt } = await made();
    expect(problems(forged(receipt, ({ rollback }) => void (rollback.id = 'OTHER')))).toEqual(['audit']);
  });

  test('is found where a verdict is better than its evidence', async () => {
    const finding = flagsOff(rollCall([answerOf('a', { ...off, on: ['1'] })]), {
      ...{ sample: ['1', '2'], seq: 7, isLast: false },
    });
    const { receipt } = await made(trail, proofWith({ 'flags-off': finding }));
    expect(receipt.proof.verdict).toBe('failed');
    const better = forged(receipt, ({ proof }) => {
      proof.checks.find(({ name }) => name === 'flags-off')!.verdict = 'passed';
      proof.verdict = 'proven';
    });
    expect(verifyReceipt(better).problems).toEqual([
      { part: 'proof', problem: '"flags-off" says passed, but its evidence says failed.' },
    ]);
  });

  test('is found where an interval does not follow from its counts, or the proof not from its checks', async () => {
    const { receipt } = await made();
    const worse = forged(receipt, ({ proof }) => {
      const evidence = proof.checks.find(({ name }) => name === 'errors-normal')!.evidence as {
        ticks: { canary: { bad: number } }[];
      };
      evidence.ticks[0]!.canary.bad = 400;
    });
    expect(verifyReceipt(worse).problems[0]?.problem).toContain('"errors-normal" says passed');
    const fewer = forged(receipt, ({ proof }) => void proof.checks.pop());
    expect(verifyReceipt(fewer).problems[0]?.problem).toContain('It says proven, but its checks say unknown');
  });
});

describe('the audit in a receipt', () => {
  test('reaches from the first entry of the rollback to the sealed head, with the seal before it', async () => {
    const { receipt } = await made();
    const [run, ...more] = receipt.audit.runs;
    expect(more).toEqual([]);
    expect(run?.before).toBe(trail.entries[0]?.seal);
    expect(run?.entries.map(({ id }) => id)).toEqual(['2-0', '3-0', '4-0', '4-1']);
    expect(run?.entries.at(-1)?.seal).toBe(receipt.audit.head.seal);
  });

  test('leaves out what is not sealed yet', async () => {
    const audit = new Trail([about, { title: 'late' }], undefined, 1);
    const { text, receipt } = await made(audit);
    expect(receipt.audit.runs[0]?.entries.map(({ id }) => id)).toEqual(['1-0']);
    expect(verifyReceipt(text).ok).toBe(true);
  });

  test('is sealed first by whoever may', async () => {
    const audit = new Trail([about, { title: 'late' }], undefined, 2);
    const rollback = rollbackWith({ proof: proofWith() });
    const { file } = await makeReceipt(rollback, { audit, realTime }, { lease: 'control', token: 1 });
    expect(verifyReceipt(file.text).ok).toBe(true);
    expect(verifyReceipt(file.text).receipt?.audit.head.count).toBe(2);
  });

  test('without any sealed entry of the rollback does not hold', async () => {
    expect(problems((await made(new Trail([about], undefined, 1))).text)).toEqual(['audit']);
  });

  test('is the rollback’s entries alone, each with the seal before it, where there are too many of others', async () => {
    const others = Array.from({ length: 900 }, (_, n) => ({ title: `other ${n}` }));
    const { text, receipt } = await made(new Trail([...others, about, ...others, about]));
    expect(receipt.audit.runs.map(({ entries }) => entries.map(({ id }) => id))).toEqual([
      ['901-0'],
      ['1802-0'],
    ]);
    expect(verifyReceipt(text).ok).toBe(true);
  });
});
