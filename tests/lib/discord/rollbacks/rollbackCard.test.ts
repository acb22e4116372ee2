import { describe, expect, it } from 'vitest';
import { rollbackCard, rollbackDigest } from '../../../../src/lib/discord/rollbacks/rollbackCard.js';
import type { RollbackDocument } from '../../../../src/lib/rollbacks/documents.js';
import { check, done, pressedAt, proof, rollback, step } from './rollbackFixture.js';

interface Node {
  readonly content?: string;
  readonly label?: string;
  readonly custom_id?: string;
  readonly components?: readonly Node[];
}

const clocks = { realTime: { now: () => pressedAt }, domainTime: { now: () => pressedAt } };
const flat = (nodes: readonly Node[]): readonly Node[] =>
  nodes.flatMap((node) => [node, ...flat(node.components ?? [])]);
const nodes = (document: RollbackDocument, notices: readonly string[] = []) =>
  flat(rollbackCard(document, { clocks, notices }).components as unknown as readonly Node[]);
const text = (document: RollbackDocument, notices: readonly string[] = []) =>
  nodes(document, notices)
    .map(({ content }) => content ?? '')
    .join('\n');
const labels = (document: RollbackDocument) => nodes(document).flatMap(({ label }) => label ?? []);

const descent = {
  affected: 4_200,
  batchSize: 100,
  batches: [],
  off: 1_400,
  nextAt: pressedAt + 30_000,
  hurried: null,
  evidence: { state: { lnE: 0, ticks: 0 }, until: 0 },
} as unknown as NonNullable<RollbackDocument['descent']>;
const gradual = (change: Partial<RollbackDocument> = {}) =>
  rollback({ kind: 'gradual', offAt: null, descent, ...change });

describe('the card of a rollback', () => {
  it('is initiated in capitals, with who, why, how many had it, and a running stopwatch', () => {
    const shown = text(rollback());
    expect(shown).toMatch(/^\n?## ⚠️ ROLLBACK INITIATED: `new_greeting`/);
    expect(shown).toContain('off for everybody after 0.02 s');
    expect(shown).toContain('It greets with the name of somebody else');
    expect(shown).toContain('security, by 42');
    expect(shown).toContain('4,200 guilds with 1,250,000 members');
    expect(shown).toContain(`⏱ Pressed <t:${pressedAt / 1000}:R>`);
  });

  it('ticks every step with what the stopwatch showed, and says what the one under way is doing', () => {
    const shown = text(rollback({ steps: [done('flags', 20), done('bring-up', 41_000), step('proof')] }));
    expect(shown).toContain('✔ Turned off  at 0.02 s');
    expect(shown).toContain('✔ Previous version brought up  at 41 s');
    expect(shown).toContain('· Proof');
    expect(text(rollback())).toContain('▶ **Snapshot of the state**  12 MB so far.');
    expect(text(rollback())).toContain("– Backup of the host's database  Not asked for.");
  });

  it('shows how far a gradual one is, and offers to stop, turn round and hurry', () => {
    expect(text(gradual())).toContain('33 %  off in 1,400 of 4,200 guilds');
    expect(text(gradual())).toContain('Next batch');
    expect(labels(gradual())).toEqual(['Acknowledge', 'Now at once', 'Pause', 'Cancel']);
    expect(labels(gradual({ state: 'paused' }))).toEqual(['Acknowledge', 'Now at once', 'Resume', 'Cancel']);
    expect(labels(gradual({ state: 'returning' }))).toEqual(['Acknowledge', 'Now at once']);
    expect(labels(rollback())).toEqual(['Acknowledge']);
    expect(text(gradual())).toContain('ROLLBACK INITIATED');
    expect(text(gradual({ state: 'returning' }))).not.toContain('ROLLBACK INITIATED');
  });

  it('says who looks after it, and asks nobody else then', () => {
    expect(text(rollback())).not.toContain('👀');
    const seen = rollback({ acknowledged: { by: '43', name: 'oncall', at: pressedAt } });
    expect(text(seen)).toContain('👀 Acknowledged by 43');
    expect(labels(seen)).toEqual([]);
    expect(labels(rollback({ state: 'cancelled' }))).toEqual([]);
  });

  it('ends with its time, the proof in sentences, the receipt, and how to turn it on again', () => {
    const over = rollback({
      state: 'completed',
      endedAt: pressedAt + 42_000,
      proof: proof(),
      receipt: 'a'.repeat(64),
    });
    expect(text(over)).toMatch(
      /## ✅ `new_greeting` {2}rolled back, off for everybody after 0\.02 s, proven/,
    );
    expect(text(over)).toContain('⏱ Done after 42 s');
    expect(text(over)).toContain('✔ **Flags off**  All 3 processes answered, and it is on nowhere.');
    expect(text(over)).toContain('/feature unkill name:new_greeting');
    expect(text(over)).toContain('a'.repeat(64));
    expect(labels(over)).toEqual(['Validate again']);
  });

  it('that is complete and not proven yet says so, and what could not be proven within the hour differently', () => {
    const unknown = (isFinal: boolean) =>
      text(rollback({ state: 'completed', proof: proof({ verdict: 'unknown', isFinal }) }));
    expect(unknown(false)).toContain('; the proof is still looked for');
    expect(unknown(true)).toContain('; not everything is proven');
    expect(text(rollback({ state: 'completed', proof: null }))).toContain('; the proof is still looked for');
  });

  it('is bad news where the proof failed, and no good news where a step did', () => {
    const failed = proof({ verdict: 'failed', checks: [check({ verdict: 'failed' })] });
    expect(text(rollback({ state: 'completed', proof: failed }))).toContain('## 🛑');
    const steps = [step('bring-up', { state: 'failed', detail: 'It never became ready.' })];
    const half = text(rollback({ state: 'completed', proof: proof(), steps }));
    expect(half).toContain('## ⚠️');
    expect(half).toContain('✖ **Previous version brought up**  It never became ready.');
  });

  it('of everything names everything, and the way back', () => {
    const shown = text(rollback({ flag: null }));
    expect(shown).toContain('Everything');
    expect(shown).toContain('/feature unkill everything:True');
  });

  it('says what the environment decides', () => {
    expect(text(rollback(), ['ROLLBACK_MODE=true: every flag is off.'])).toContain('ROLLBACK_MODE=true');
  });

  it('stays within what Discord takes, however much there is to say', () => {
    const long = '_*@everyone*_ '.repeat(200);
    const full = gradual({
      reason: long.slice(0, 500),
      steps: rollback().steps.map((one) => ({ ...one, detail: long })),
      proof: proof({ checks: Array.from({ length: 5 }, () => check({ sentence: long })) }),
      receipt: 'a'.repeat(64),
    });
    const all = nodes(full, [long, long]);
    expect(all.length).toBeLessThanOrEqual(40);
    expect(all.reduce((sum, { content = '' }) => sum + content.length, 0)).toBeLessThanOrEqual(4_000);
    for (const { custom_id: id = '' } of all) expect(id.length).toBeLessThanOrEqual(100);
    expect(text(full)).not.toMatch(/(?<!\\)@everyone/);
  });

  it('is another one where a person would see something else', () => {
    const digest = (document: RollbackDocument) => rollbackDigest(document, { clocks });
    expect(digest(rollback())).toBe(digest(rollback({ v: 13 })));
    expect(digest(rollback())).not.toBe(digest(rollback({ steps: [done('flags', 21)] })));
  });
});
