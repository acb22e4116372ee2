/** What the system tells of itself: its state, its tests, and its alerts. */
import { nobodyOnIt, somebodyOnIt, testAlert } from '../../../../../src/lib/alerts/wording/escalation.js';
import { foldedNotices } from '../../../../../src/lib/alerts/wording/folded.js';
import * as recovery from '../../../../../src/lib/alerts/wording/recovery.js';
import { smokeFailed, smokeLost, smokeWellAgain } from '../../../../../src/lib/alerts/wording/smoke.js';
import * as migration from '../../../../../src/lib/alerts/wording/stateMigration.js';
import { changesLost } from '../../../../../src/lib/alerts/wording/stateNews.js';
import { admin, type Examples, program, type Say } from './Examples.js';

const urgent = (say: Say) => ({
  kind: 'fire',
  title: say('Everything is off'),
  reference: '#1-AB',
  since: 1,
});
const run = (say: Say) => ({
  ...{ id: '7F3KQX00', what: 'the suite smoke', by: program(say) },
  failed: Array.from({ length: 14 }, (_, nth) => ({
    ...{ name: `test-${nth}`, sentence: `${say('payments answers')}: it answered 503.` },
  })),
});
const damaged = (say: Say, lastGood?: string) => ({
  ...{ ns: 'flags', key: say('new_greeting'), problem: `${say('It')} is no JSON.`, lastGood },
});
const going = (say: Say) => ({
  ...{ by: program(say), reason: say('wrong import'), snapshot: '2026-11-20T03-00.json' },
  changes: Array.from({ length: 14 }, (_, nth) => `flags:flag_${nth}: ${say('on')} → off`),
});

export const house: Examples = {
  stateMoved: (say) => [
    migration.stateMoved({ release: '2.0.0', documents: 7, kept: 'state.json', titles: [say('a name')] }),
  ],
  stateNotMoved: (say) =>
    [undefined, `${say('Mend')} it.`].map((next) =>
      migration.stateNotMoved('2.0.0', `${say('It')} is no name.`, next),
    ),
  stateIsNewer: (say) => [
    migration.stateIsNewer(
      '1.0.0',
      Array.from({ length: 14 }, (_, nth) => ({ name: `flags:${say('x')}_${nth}`, schema: 2 })),
    ),
  ],
  stateWaits: () => [migration.stateWaits('2.0.0', 7, ['1.9.0'])],
  stateByHand: () => [migration.stateByHand('2.0.0', 1)],
  changesLost: () => [changesLost([{ seq: 1, id: 'ABCD' }])],
  snapshotFailed: (say) => [
    recovery.snapshotFailed(`${say('The disk')} is full.`, undefined),
    recovery.snapshotFailed(`${say('The disk')} is full.`, 'Make room on it.'),
  ],
  snapshotsGoOn: () => [recovery.snapshotsGoOn('2026-11-20T03-00.json')],
  recoveryAsked: (say) => [recovery.recoveryAsked(going(say), '7F3KQX00')],
  recoveryRefused: (say) => [recovery.recoveryRefused(admin, going(say))],
  recovered: (say) =>
    [false, true].map((isBreakGlass) =>
      recovery.recovered({
        ...going(say),
        ...{ agreed: isBreakGlass ? undefined : admin, isBreakGlass, kept: 'before-7F3K.json' },
        staysOff: isBreakGlass,
      }),
    ),
  documentDamaged: (say) => [
    recovery.documentDamaged(damaged(say), '7F3KQX00', true),
    recovery.documentDamaged(damaged(say, 'the snapshot of last night'), '7F3KQX00', false),
  ],
  documentsDamaged: (say) => [recovery.documentsDamaged(Array.from({ length: 30 }, () => damaged(say)))],
  documentPutBack: (say) => [recovery.documentPutBack(program(say), say('flags:x'), 'the audit')],
  smokeFailed: (say) => [smokeFailed(run(say))],
  smokeWellAgain: (say) => [smokeWellAgain(run(say))],
  smokeLost: (say) => [smokeLost(run(say))],
  nobodyOnIt: (say) => [nobodyOnIt(urgent(say), 2, 3), nobodyOnIt(urgent(say), 3, 3)],
  somebodyOnIt: (say) => [somebodyOnIt(urgent(say), program(say))],
  testAlert: () => [testAlert()],
  foldedNotices: (say) => [
    foldedNotices(
      Array.from({ length: 40 }, (_, nth) => ({
        kind: `kind-${nth % 7}`,
        card: { tone: nth === 0 ? 'bad' : 'info', title: `${say('Everything is off')} ${nth}` },
      })),
    ),
  ],
};
