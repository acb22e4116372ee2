import { describe, expect, it } from 'vitest';
import { newsCard } from '../../../../src/lib/discord/rollouts/liveRollouts.js';

describe('what is told in the thread of a card', () => {
  const of = (text: string) => {
    const { title, body = '' } = newsCard({ tone: 'info', text });
    return [title, body];
  };
  const numbers = 'Errors ran 2.1x the control’s in 112 guilds, at least 1.3x.';

  it('has its first sentence as its title, and the rest below it', () => {
    expect(of(`Rolled back. ${numbers}`)).toEqual(['Rolled back', numbers]);
    expect(of('On to everyone: 100 % of guilds.')).toEqual(['On to everyone: 100 % of guilds', '']);
  });

  it('has a short title where a person wrote a long sentence', () => {
    const reason = 'its texts are not translated '.repeat(5).trim();
    expect(of(`Declined by Ada: ${reason}`)).toEqual(['Declined by Ada', reason]);
    expect(of(reason)).toEqual(['What happened', reason]);
  });
});
