/** What becomes of an open rollout whose flag is rolled back by other hands. Who is told is for them to say. */
import type { Change } from '../change.js';
import { pause } from '../decisions.js';
import type { RolloutDocument } from '../documents.js';
import { cancel, rollBack } from '../endings.js';
import type { Moment } from '../moment.js';

/** @param how `roll-back`: it is over · `pause`: it keeps what it serves until a gradual rollback has ended */
export function takenBack(document: RolloutDocument, how: 'roll-back' | 'pause', moment: Moment): Change {
  return { ...changeFor(document, how, moment), notices: [] };
}

function changeFor(document: RolloutDocument, how: 'roll-back' | 'pause', moment: Moment): Change {
  // What has served nobody yet has nothing to take back, and nothing to keep.
  if (document.served === null) return cancel(document, moment, 'keep');
  if (how === 'roll-back') return rollBack(document, moment, null);
  // Where it was paused already, only a person may let it go on from now on.
  return pause(document, moment, document.pause?.verdict ?? null, 'person');
}
