/** One layout for every notice: a title that says what happened, then why, what the system did, and what a person should do. */
import { describe, expect, it } from 'vitest';
import type { Card, Text } from '../../../../src/lib/alerts/Card.js';
import { nobodyOnIt, somebodyOnIt, testAlert } from '../../../../src/lib/alerts/wording/escalation.js';
import { everythingOff, everythingOn } from '../../../../src/lib/alerts/wording/everything.js';
import { foldedNotices } from '../../../../src/lib/alerts/wording/folded.js';
import { documentsDamaged } from '../../../../src/lib/alerts/wording/recovery.js';
import { releaseAnswers } from '../../../../src/lib/alerts/wording/releases.js';
import { freezeBegan, freezeEnded } from '../../../../src/lib/alerts/wording/rollout.js';
import { smokeFailed, smokeLost, smokeWellAgain } from '../../../../src/lib/alerts/wording/smoke.js';
import {
  stateByHand,
  stateIsNewer,
  stateMoved,
  stateNotMoved,
  stateWaits,
} from '../../../../src/lib/alerts/wording/stateMigration.js';
import { changesLost } from '../../../../src/lib/alerts/wording/stateNews.js';

const by = { id: '42', name: 'admin' };
const urgent = { kind: 'fire', title: 'The house burns', reference: '#1-AB', since: 1 };
const run = { id: 'R', what: 'the suite smoke', by, failed: [{ name: 'gateway', sentence: 'It is Idle.' }] };
const release = { release: '1.4.0', previous: '1.5.0', why: 'A person asked.' };

const cards: Readonly<Record<string, Card>> = {
  'everything off': everythingOff({ by }),
  'everything on': everythingOn({ by }),
  'a freeze': freezeBegan(by, 'release day', '', true),
  'the end of a freeze': freezeEnded(by, undefined),
  'lost changes': changesLost([{ seq: 1, id: 'ABCD' }]),
  'damaged documents': documentsDamaged([{ ns: 'flags', key: 'x', problem: 'no JSON', lastGood: undefined }]),
  'state that was moved': stateMoved({ release: '2.0.0', documents: 7, kept: 'k', titles: ['a name'] }),
  'state that could not be moved': stateNotMoved('2.0.0', 'It is no name.', 'Mend it.'),
  'state of a newer release': stateIsNewer('1.0.0', [{ name: 'flags:x', schema: 2 }]),
  'state that waits for another release': stateWaits('2.0.0', 7, ['1.9.0']),
  'state that a person moves': stateByHand('2.0.0', 7),
  'another release': releaseAnswers({ ...release, isLastResort: false }),
  'the last resort': releaseAnswers({ ...release, isLastResort: true }),
  'smoke tests that failed': smokeFailed(run),
  'smoke tests that pass again': smokeWellAgain(run),
  'a lost run': smokeLost(run),
  'nobody on it': nobodyOnIt(urgent, 2, 3),
  'nobody on it, for the last time': nobodyOnIt(urgent, 3, 3),
  'somebody on it': somebodyOnIt(urgent, by),
  'a test alert': testAlert(),
  'a storm': foldedNotices([
    { kind: 'a', card: everythingOff({ by }) },
    { kind: 'b', card: testAlert() },
  ]),
};

const plain = (text: Text): string =>
  typeof text === 'string'
    ? text
    : text
        .map((part) => (typeof part === 'string' ? part : 'br' in part ? '\n' : Object.values(part).join('')))
        .join('');

/** Something to do, or that there is nothing. */
const step = /\/[a-z]+|Nothing to do|[Ll]ook |Mend |Start |Begin |Press |press /;

describe.each(Object.entries(cards))('%s', (_name, card) => {
  const body = card.body === undefined ? '' : plain(card.body);
  const fields = (card.fields ?? []).map(({ value }) => plain(value)).join('\n');

  it('has a title that is one short line without a full stop', () => {
    expect(card.title).toMatch(/^[A-Z0-9].{0,250}[^.\s]$/);
    expect(card.title).not.toContain('\n');
  });

  it('says why, or what was done, in whole sentences', () => {
    // A storm lists the titles of what it stands for.
    const own = card.title.includes('at once') ? [] : body.split('\n').filter((line) => line !== '');
    for (const line of own) expect(line).toMatch(/[.:!?]$/);
    expect(body + fields).not.toMatch(/undefined|NaN|\[object/);
  });

  it('tells a person what to do where something is wrong', () => {
    if (card.tone === 'info' || card.tone === 'good') return;
    const hasButton = (card.buttons ?? []).length > 0;
    expect(hasButton || step.test(`${body}\n${fields}`)).toBe(true);
  });
});
