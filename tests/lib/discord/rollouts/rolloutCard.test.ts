import { describe, expect, it } from 'vitest';
import { rolloutCard, rolloutDigest } from '../../../../src/lib/discord/rollouts/rolloutCard.js';
import type { RolloutStatus } from '../../../../src/lib/rollouts/RolloutStatus.js';
import { guard, hour, rolloutStatus, startedAt } from './statusFixture.js';

interface Node {
  readonly content?: string;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly components?: readonly Node[];
}

const at = (now: number, domain = now) => ({
  realTime: { now: () => now },
  domainTime: { now: () => domain },
});
const clocks = at(startedAt);
const flat = (nodes: readonly Node[]): readonly Node[] =>
  nodes.flatMap((node) => [node, ...flat(node.components ?? [])]);
const nodes = (status: RolloutStatus, on = clocks) =>
  flat(rolloutCard(status, { clocks: on }).components as unknown as readonly Node[]);
const text = (status: RolloutStatus, on = clocks) =>
  nodes(status, on)
    .map(({ content }) => content ?? '')
    .join('\n');

describe('the card of a rollout', () => {
  it('once a person ended it no longer says what held it up; what rolled it back it goes on saying', () => {
    const ended = { by: '1', at: 0, how: 'rolled-back' } as const;
    expect(text(rolloutStatus())).toContain('**HOLD** The phase is not over.');
    expect(text(rolloutStatus({ ended, can: [] }))).not.toContain('The phase is not over.');
    const verdict = { action: 'ROLLBACK', sentences: ['Errors doubled.'], at: 0 } as const;
    expect(text(rolloutStatus({ ended, verdict, can: [] }))).toContain('**ROLLBACK** Errors doubled.');
  });

  it('shows the phase, whom it reaches, each guard with its interval and limit, and what comes next', () => {
    const shown = text(rolloutStatus());
    expect(shown).toContain('Phase 2 of 3');
    expect(shown).toContain('25 %  2 d 6 h left');
    expect(shown).toContain('25 of 500 guilds (12,345 members)');
    expect(shown).toContain('1.02× (0.80…1.60) · rolls back when surely above 1.2×');
    expect(shown).toContain('Goes on to gradual');
  });

  it('shows the metrics of other systems among the guards, and says where there is no data', () => {
    const queue = { name: 'queue', action: 'pause', limit: 'above 100', text: '' } as const;
    const shown = text(
      rolloutStatus({
        sources: [
          { ...queue, is: 'ok', figure: '12 (absolute)' },
          { ...queue, name: 'api_errors', is: 'no data', figure: '' },
        ],
      }),
    );
    expect(shown).toMatch(/🟢 \*\*queue\*\* {2}12 \(absolute\) · pauses when above 100/);
    expect(shown).toMatch(/⚪ \*\*api\\?_errors\*\* {2}no data · pauses when above 100/);
  });

  it('stays within what Discord takes, however much there is to say', () => {
    const long = '_*@everyone*_ '.repeat(200);
    const status = rolloutStatus({
      headline: long,
      guards: Array.from({ length: 30 }, (_, index) => guard({ id: `errors@${index}` })),
      verdict: { action: 'PAUSE', sentences: Array.from({ length: 20 }, () => long), at: 0 },
      next: { text: long, at: null },
      obstacle: long,
      overrides: [long, long],
      paused: { by: long, at: 0, reason: long, endsByItself: false },
    });
    const all = nodes(status);
    expect(all.length).toBeLessThanOrEqual(40);
    expect(all.reduce((sum, { content = '' }) => sum + content.length, 0)).toBeLessThanOrEqual(4_000);
    expect(text(status)).not.toMatch(/(?<!\\)@everyone/);
  });

  it('greys out what cannot be asked for, and offers what its flag can be asked for once it is over', () => {
    const buttons = (status: RolloutStatus) => nodes(status).filter(({ label }) => label !== undefined);
    const paused = rolloutStatus({ state: 'paused', can: ['resume', 'rollback'] });
    expect(buttons(paused).map(({ label, disabled = false }) => [label, disabled])).toEqual([
      ['Acknowledge', true],
      ['Resume', false],
      ['Advance', true],
      ['Roll back', false],
      ['Why?', false],
    ]);
    const completed = rolloutStatus({ ended: { by: '1', at: 0, how: 'completed' }, can: [] });
    expect(buttons(completed).map(({ label }) => label)).toEqual(['Roll back', 'Why?']);
    const rolledBack = rolloutStatus({ ended: { by: '1', at: 0, how: 'rolled-back' }, can: [] });
    expect(buttons(rolledBack).map(({ label }) => label)).toEqual(['Why?']);
  });

  it('is the same for as long as a person would see the same, and another one where not', () => {
    const later = rolloutStatus({
      phase: { elapsedMs: 18 * hour + 60_000, durationMs: 72 * hour, remainingMs: 54 * hour },
    });
    expect(rolloutDigest(later, clocks)).toBe(rolloutDigest(rolloutStatus(), clocks));
    expect(rolloutDigest(rolloutStatus(), at(startedAt + hour))).toBe(rolloutDigest(rolloutStatus(), clocks));
    expect(rolloutDigest(rolloutStatus({ revision: 5 }), clocks)).not.toBe(
      rolloutDigest(rolloutStatus(), clocks),
    );
  });

  it('says in words when something comes where time runs faster than the reader’s clock', () => {
    expect(text(rolloutStatus())).toContain(`<t:${(startedAt + 54 * hour) / 1000}:R>`);
    expect(text(rolloutStatus(), at(startedAt - 99 * hour, startedAt))).toContain('in 2 d 6 h');
  });
});
