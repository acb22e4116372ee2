/** What is asked, of a given situation: pure, so that every corner can be looked at. */
import { describe, expect, it } from 'vitest';
import type { Destination } from '../../../../src/lib/alerts/Card.js';
import type { Announcement, AskOfDeployment } from '../../../../src/lib/deployments/DeploymentsRoom.js';
import type { DeploymentDocument, DeploymentState } from '../../../../src/lib/deployments/documents.js';
import { askFail, askFinish } from '../../../../src/lib/deployments/life/askEnd.js';
import { askStart } from '../../../../src/lib/deployments/life/askStart.js';
import type { Decided, Situation } from '../../../../src/lib/deployments/life/Deciding.js';
import { takeGate } from '../../../../src/lib/deployments/life/takeGate.js';
import { deployment } from '../monitor/ground.js';
import { ada, announcing, gateOf, told } from './ground.js';

const now = 5_000_000;

function at(state: DeploymentState, more: Partial<DeploymentDocument> = {}): DeploymentDocument {
  const isEnd = ['succeeded', 'failed', 'rolled-back', 'superseded'].includes(state);
  const ended = isEnd ? { by: '1', at: 1, why: 'So it was.' } : null;
  return { ...deployment(), state, ended, rollouts: [], ...more };
}

function given(newest?: DeploymentDocument, more: Partial<Situation> = {}): Situation {
  return { newest, past: undefined, gate: undefined, rollouts: [], now, ...more };
}

const targetOf = (to: Destination): string => (typeof to === 'string' ? to : JSON.stringify(to));

/** `1.4.0 deploying, 1.3.0 superseded -> operations dev-team` */
function said(decided: Decided): string {
  if (decided.is === 'unchanged') return `${decided.document.version} stays ${decided.document.state}`;
  const documents = decided.moves.map(({ document: { version, state } }) => `${version} ${state}`);
  const to = decided.notices.map(({ to }) => targetOf(to));
  return `${documents.join(', ')} -> ${to.join(' ') || 'nobody'}`;
}

const start = (
  newest?: DeploymentDocument,
  more: Partial<Announcement> = {},
  rest: Partial<Situation> = {},
) => said(askStart(announcing('1.4.0', more), given(newest, rest)));
const hook = (newest: DeploymentDocument | undefined, when = 9, more: Partial<Announcement> = {}) =>
  said(askStart(told('1.4.0', when, more), given(newest)));

const states = ['announced', 'deploying', 'testing', 'watching'] as const;
const ends = ['succeeded', 'failed', 'rolled-back', 'superseded'] as const;

describe('who starts a version', () => {
  it.each(ends)('begins it anew after one that is %s', (state) => {
    expect(start(at(state))).toBe('1.4.0 deploying -> operations dev-team');
    const decided = askStart(announcing('1.4.0'), given(at(state)));
    expect(decided).toMatchObject({ holds: { state } });
  });

  it.each([
    ['announced', '1.4.0 deploying -> operations dev-team'],
    ['watching', '1.4.0 deploying, 1.4.0 superseded -> operations dev-team'],
  ] as const)('a person, where it is %s', (state, expected) => {
    expect(start(at(state))).toBe(expected);
  });

  const busy = [
    ['deploying', 'is being deployed to production'],
    ['testing', 'is being tried out in production'],
  ] as const;

  it.each(busy)('a person, where it is %s, hears that it is so', (state, standing) => {
    expect(() => start(at(state))).toThrow(`1.4.0 ${standing} already`);
  });

  it.each(busy)('another version is refused where one is %s', (state, standing) => {
    expect(() => start(at(state, { version: '1.3.0' }))).toThrow(`1.3.0 ${standing}: `);
  });

  it.each(['announced', 'watching'] as const)(
    'another version takes the place of one that is %s',
    (state) => {
      const old = at(state, { version: '1.3.0' });
      expect(start(old)).toBe('1.4.0 deploying, 1.3.0 superseded -> operations dev-team');
      const decided = askStart(announcing('1.4.0'), given(old));
      expect(decided).toMatchObject({ moves: [{ before: undefined }, { before: old }] });
    },
  );

  it.each(states)('a webhook that tells of it again, where it is %s, changes no state', (state) => {
    const known = at(state, { origin: { ref: null, commit: null, at: 9 } });
    expect(hook(known, 9, { isAhead: true })).toBe(`1.4.0 stays ${state}`);
    if (state !== 'announced') expect(hook(known)).toBe(`1.4.0 stays ${state}`);
  });

  it('what is only ahead is announced to those who develop it, and needs no gate', () => {
    const gate = gateOf('1.4.0', 'failed');
    expect(start(undefined, { isAhead: true }, { gate })).toBe('1.4.0 announced -> operations dev-team');
    expect(() => start(undefined, {}, { gate })).toThrow('The gate failed for 1.4.0: unit tests.');
    expect(() => start(at('announced'), {}, { gate })).toThrow('The gate failed');
  });

  it('through a broken glass, management hears of it, and why is written down', () => {
    const gate = gateOf('1.4.0', 'failed');
    const breakGlass = { reason: 'the shop is down' };
    for (const newest of [undefined, at('announced')]) {
      const decided = askStart(announcing('1.4.0', { breakGlass }), given(newest, { gate }));
      expect(said(decided)).toBe('1.4.0 deploying -> operations dev-team management');
      expect(decided).toMatchObject({
        moves: [{ document: { brokeGlass: { by: ada.id, at: now, reason: 'the shop is down' }, gate } }],
      });
    }
  });

  it('what was announced keeps what was said of it, and takes what is new', () => {
    const known = at('announced', {
      summary: 'Faster',
      link: 'https://ci/1',
      gate: gateOf('1.4.0', 'passed'),
    });
    expect(askStart(announcing('1.4.0'), given(known))).toMatchObject({
      moves: [{ document: { summary: 'Faster', link: 'https://ci/1', gate: { verdict: 'passed' } } }],
    });
    const more = { summary: 'Faster still', link: 'https://ci/2' };
    expect(askStart(announcing('1.4.0', more), given(known, { rollouts: ['R7'] }))).toMatchObject({
      moves: [{ document: { ...more, rollouts: ['R7'], entered: { deploying: now } } }],
    });
  });

  it('it is newer than the one before, whatever the clocks say', () => {
    const known = at('failed');
    const decided = askStart(
      announcing('1.4.0'),
      given({ ...known, created: { ...known.created, at: now + 9 } }),
    );
    expect(decided).toMatchObject({ moves: [{ document: { created: { at: now + 10 } } }] });
    expect(askStart(announcing('1.4.0'), given())).toMatchObject({
      moves: [{ document: { created: { at: now }, updated: { at: now }, v: 0, revision: 1 } }],
    });
  });
});

describe('who tells of the end', () => {
  const finish = (newest: DeploymentDocument | undefined, ask: Partial<AskOfDeployment> = {}) =>
    said(askFinish({ by: ada, environment: 'production', ...ask }, given(newest)));
  const fail = (newest: DeploymentDocument | undefined, ask: Partial<AskOfDeployment> = {}) =>
    said(askFail({ by: ada, environment: 'production', ...ask }, given(newest)));
  const webhook = {
    version: '1.4.0',
    source: 'webhook',
    origin: { ref: null, commit: null, at: 9 },
  } as const;

  it.each([
    ['announced', '1.4.0 testing -> operations dev-team'],
    ['deploying', '1.4.0 testing -> operations dev-team'],
    ['testing', '1.4.0 stays testing'],
    ['watching', '1.4.0 stays watching'],
  ] as const)('that is good, where it is %s', (state, expected) => {
    expect(finish(at(state))).toBe(expected);
  });

  it.each(states)('that is bad, where it is %s: everybody hears of it', (state) => {
    expect(fail(at(state))).toBe('1.4.0 failed -> operations dev-team management');
  });

  it.each(ends)('a person, where it is %s: that nothing is under way', (state) => {
    expect(() => finish(at(state))).toThrow('No deployment to production is under way.');
    expect(() => fail(at(state), { version: '1.4.0' })).toThrow(
      `The deployment of 1.4.0 is over: ${state}. So it was.`,
    );
    expect(() => finish(undefined)).toThrow('No deployment to production is under way.');
  });

  it.each(ends)('a webhook, where it is %s: nothing changes', (state) => {
    expect(finish(at(state), webhook)).toBe(`1.4.0 stays ${state}`);
    expect(fail(at(state), webhook)).toBe(`1.4.0 stays ${state}`);
  });

  it('a webhook that nobody began: it begins with its end', () => {
    const other = at('succeeded', { version: '1.3.0' });
    expect(finish(undefined, webhook)).toBe('1.4.0 testing -> operations dev-team');
    expect(fail(undefined, webhook)).toBe('1.4.0 failed -> operations dev-team management');
    for (const act of [askFinish, askFail]) {
      const decided = act({ by: ada, environment: 'production', ...webhook }, given(other));
      expect(decided).toMatchObject({ is: 'moved', moves: [{ before: undefined }], holds: other });
    }
    expect(finish(at('watching', { version: '1.3.0' }), webhook)).toBe(
      '1.4.0 testing, 1.3.0 superseded -> operations dev-team',
    );
    const decided = askFinish({ by: ada, environment: 'production', ...webhook }, given());
    expect(decided).toMatchObject({
      moves: [
        {
          document: {
            news: [{ text: expect.stringContaining('told that the bot runs on 1.4.0') as string }],
          },
        },
      ],
    });
  });

  it('a person who names a version that is not the one under way is told which is', () => {
    expect(() => finish(at('deploying', { version: '1.3.0' }), { version: '1.4.0' })).toThrow(
      '1.4.0 is not under way in production: 1.3.0 is being deployed to production.',
    );
  });

  it('why it failed stands on it, and who said so', () => {
    const decided = (ask: Partial<AskOfDeployment>) =>
      askFail({ by: ada, environment: 'production', ...ask }, given(at('deploying')));
    expect(decided({ reason: 'no disk' })).toMatchObject({
      moves: [{ document: { ended: { by: ada.id, at: now, why: 'ada: no disk' }, news: [{ tone: 'bad' }] } }],
    });
    expect(decided({})).toMatchObject({
      moves: [{ document: { ended: { why: 'ada told that it failed.' } } }],
    });
  });
});

describe('a gate’s result', () => {
  const take = (verdict: 'passed' | 'failed', newest?: DeploymentDocument) => {
    const { move, notices } = takeGate(gateOf('1.4.0', verdict), 'production', given(newest));
    const to = notices.map(({ to }) => targetOf(to)).join(' ');
    return [move?.document.gate?.verdict, move?.document.news.at(-1)?.tone, to];
  };

  it.each(states)('of what is %s stands on it; a bad one is told to those who look after it', (state) => {
    expect(take('passed', at(state))).toEqual(['passed', 'good', '']);
    expect(take('failed', at(state))).toEqual(['failed', 'bad', 'operations dev-team']);
  });

  it('of what is not under way is told to those who develop it, and changes nothing', () => {
    for (const newest of [undefined, at('failed'), at('deploying', { version: '1.3.0' })]) {
      expect(take('passed', newest)).toEqual([undefined, undefined, '']);
      expect(take('failed', newest)).toEqual([undefined, undefined, 'dev-team']);
    }
  });

  it('that is older than the one that stands there is let be', () => {
    const newer = at('deploying', { gate: gateOf('1.4.0', 'passed', 3_000) });
    expect(take('failed', newer)).toEqual([undefined, undefined, '']);
    expect(take('failed', at('deploying', { gate: gateOf('1.4.0', 'passed', 2_000) }))[0]).toBe('failed');
  });

  it('makes the card another one', () => {
    const known = at('deploying');
    const { move } = takeGate(gateOf('1.4.0', 'passed'), 'production', given(known));
    expect(move?.document.revision).toBe(known.revision + 1);
  });
});
