import { type FlagChangedFacts, signature } from './flagChanged.js';
import { rollbackButton } from './rollbackButtons.js';
import { told, type Told } from './told.js';

/** The kill switch for everything was pressed. */
export function everythingOff({ by, reason }: Pick<FlagChangedFacts, 'by' | 'reason'>): Told {
  return told({
    tone: 'bad',
    title: 'Everything is off',
    why: [],
    did: ['Every flag is off in every guild, whatever its settings say. The settings are kept.'],
    todo: [
      'Find out what is wrong. Once it is mended, ',
      { code: '/feature unkill' },
      ' for everything puts the settings back into force.',
    ],
    fields: signature(by, reason),
    buttons: [{ label: 'Undo', style: 'secondary', action: 'undo', args: ['{entry}'] }],
  });
}

/** The kill switch for everything was released. */
export function everythingOn({ by, reason }: Pick<FlagChangedFacts, 'by' | 'reason'>): Told {
  return told({
    tone: 'good',
    title: 'The kill switch is released',
    why: [],
    did: [
      'Every flag follows its own settings again, as they were before everything was turned off, with the changes made since.',
    ],
    todo: 'Nothing. Where something is wrong again, roll back everything.',
    fields: signature(by, reason),
    buttons: [
      { label: 'Undo', style: 'secondary', action: 'undo', args: ['{entry}'] },
      { ...rollbackButton('*'), label: 'Roll back everything' },
    ],
  });
}
