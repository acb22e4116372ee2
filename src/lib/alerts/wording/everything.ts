import type { Card } from '../Card.js';
import { type FlagChangedFacts, signature } from './flagChanged.js';
import { rollbackButton } from './rollbackButtons.js';

/** The kill switch for everything was pressed. */
export function everythingOff({ by, reason }: Pick<FlagChangedFacts, 'by' | 'reason'>): Card {
  return {
    tone: 'bad',
    title: 'Everything is off',
    body: [
      'Every flag is off in every guild, whatever its settings say. The settings are kept; ',
      { code: '/feature unkill' },
      ' for everything puts them back into force.',
    ],
    fields: signature(by, reason),
    buttons: [{ label: 'Undo', style: 'secondary', action: 'undo', args: ['{entry}'] }],
  };
}

/** The kill switch for everything was released. */
export function everythingOn({ by, reason }: Pick<FlagChangedFacts, 'by' | 'reason'>): Card {
  return {
    tone: 'good',
    title: 'The kill switch is released',
    body: 'Every flag follows its own settings again, as they were before everything was turned off, with the changes made since.',
    fields: signature(by, reason),
    buttons: [
      { label: 'Undo', style: 'secondary', action: 'undo', args: ['{entry}'] },
      { ...rollbackButton('*'), label: 'Roll back everything' },
    ],
  };
}
