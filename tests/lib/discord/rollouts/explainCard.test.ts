import { describe, expect, it } from 'vitest';
import { countedText, rangeText } from '../../../../src/lib/discord/rollouts/countedText.js';
import { explainCard } from '../../../../src/lib/discord/rollouts/explainCard.js';
import type { RolloutExplanation } from '../../../../src/lib/rollouts/RolloutStatus.js';
import { guard, rolloutStatus } from './statusFixture.js';

const counts = { canary: { bad: 14, exposure: 6.24 }, control: { bad: 1, exposure: 40.3 } };
const numbers = { ...counts, ticks: 96, lnE: Math.log(3.2), lnLimit: Math.log(167), oneIn: 3 };

function explained(guards: RolloutExplanation['guards']): string {
  const chart = { points: [], phases: [], limit: 1.2 };
  const status = rolloutStatus({ sources: [] });
  const { fields = [] } = explainCard({ status, sentences: [], guards, guilds: [], chart });
  return fields.map(({ name, value }) => `${name}\n${JSON.stringify(value)}`).join('\n');
}

describe('what was counted', () => {
  it('is said once a metric, with what would be usual, and then what each guard makes of it', () => {
    const strict = guard({ id: 'errors@1', margin: 1, action: 'pause' });
    const text = explained([
      { ...numbers, guard: guard() },
      { ...numbers, lnLimit: Math.log(50), guard: strict },
    ]);
    expect(
      text.match(/quarter hours, with it: 14 times a guild had errors, where 6.24 would be usual/g),
    ).toHaveLength(1);
    expect(text).toContain('Without it: 1, where 40.3 would be usual.');
    expect(text).toContain(
      'It rolls back when surely above 1.2×. Evidence for that: 3.2, as in fewer than 1 of 3 rollouts with nothing wrong; 167 is enough.',
    );
    expect(text).toContain('It pauses when surely above 1×. Evidence for that: 3.2');
    expect(text).toContain('How this is counted');
  });

  it('leaves out numbers where nothing could be compared, and does not say twice how rare what is proven would be', () => {
    const silent = explained([{ ...numbers, ticks: 0, guard: guard({ is: 'no data', ratio: null }) }]);
    expect(silent).not.toMatch(/quarter|Evidence|counted/);
    const proven = explained([{ ...numbers, guard: guard({ is: 'proven' }) }]);
    expect(proven).not.toContain('nothing wrong;');
  });

  it('of ratings is their average in stars', () => {
    const stars = { canary: { bad: 3, exposure: 6 }, control: { bad: 0, exposure: 1 }, ticks: 4 };
    expect(countedText('satisfaction', stars)).toBe(
      'With it: 3.0 stars on average of 6 ratings. Without it: 5.0 stars on average of 1 rating.',
    );
    const none = { canary: { bad: 0, exposure: 0 }, control: { bad: 0, exposure: 0 }, ticks: 0 };
    expect(countedText('satisfaction', none)).toContain('With it: no rating.');
  });

  it('is a ratio with where it surely lies, as far as that is known', () => {
    expect(rangeText(guard({ ratio: 1.02, atLeast: 0.8, below: 1.6 }))).toBe(
      'So 1.02× as often as without it; surely between 0.80× and 1.60×.',
    );
    expect(rangeText(guard({ ratio: 4, atLeast: 1.3, below: null }))).toContain(
      'surely above 1.30×, how much at most',
    );
    expect(rangeText(guard({ ratio: null, atLeast: 0, below: null }))).toContain(
      'Nothing to compare with yet',
    );
  });
});
