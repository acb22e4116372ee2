/** What is kept, and what may be written. */
import { describe, expect, it } from 'vitest';
import type { DeploymentDocument } from '../../../../src/lib/deployments/documents.js';
import {
  checkAnnouncement,
  checkEnvironment,
  checkLink,
  checkVersion,
} from '../../../../src/lib/deployments/life/checkAnnouncement.js';
import { moved, telling } from '../../../../src/lib/deployments/life/change.js';
import { isOldNews } from '../../../../src/lib/deployments/life/isOldNews.js';
import { gateKey, kindOfKey } from '../../../../src/lib/deployments/life/keys.js';
import { tooOld } from '../../../../src/lib/deployments/life/tooOld.js';
import { deployment } from '../monitor/ground.js';
import { announcing } from './ground.js';

const dayMs = 24 * 3_600_000;
const now = 1_000 * dayMs;

function ended(at: number, more: Partial<DeploymentDocument> = {}): DeploymentDocument {
  return { ...deployment(), state: 'succeeded', created: { by: '1', at, name: 'ada' }, ...more };
}

describe('deployments of long ago', () => {
  it('go after 400 days, but for the newest of each environment, and what is under way', () => {
    const old = now - 400 * dayMs - 1;
    const all = [
      ended(old, { id: 'NEWEST' }),
      ended(old, { id: 'STAGING', environment: 'staging' }),
      ended(old, { id: 'OPEN', state: 'watching' }),
      ended(old, { id: 'OLD' }),
      ended(old + 1, { id: 'NOTYET' }),
    ];
    expect(tooOld(all, now).map(({ id }) => id)).toEqual(['OLD']);
  });

  it('go beyond the newest 500, two hundred in one commit', () => {
    const all = (count: number) =>
      Array.from({ length: count }, (_, at) => ended(now - at, { id: String(at) }));
    expect(tooOld(all(500), now)).toEqual([]);
    expect(tooOld(all(502), now).map(({ id }) => id)).toEqual(['500', '501']);
    expect(tooOld(all(900), now)).toHaveLength(200);
  });
});

describe('old news', () => {
  const known = (ref: string | null, at = 10) => ({ version: '1.4.0', origin: { ref, commit: null, at } });
  const isOld = (ref: string | null, at: number, of = known(null), version = '1.4.0') =>
    isOldNews(of, version, { ref, commit: null, at });

  it('is what the sender said before, by its own clock', () => {
    expect([isOld(null, 9), isOld(null, 10), isOld(null, 11)]).toEqual([true, true, false]);
  });

  it('is what bears the same name, where the sender has names, whatever the clock says', () => {
    expect(isOld('7', 11, known('7'))).toBe(true);
    expect(isOld('8', 9, known('7'))).toBe(false);
    expect(isOld('7', 9)).toBe(false);
    expect(isOld(null, 9, known('7'))).toBe(false);
  });

  it('is nothing of another version, and nothing that a person says', () => {
    expect(isOld(null, 9, known(null), '1.5.0')).toBe(false);
    expect(isOldNews(known(null), '1.4.0', undefined)).toBe(false);
    expect(isOldNews({ version: '1.4.0', origin: null }, '1.4.0', { ref: null, commit: null, at: 0 })).toBe(
      false,
    );
  });
});

describe('what may be written', () => {
  it.each(['1.4.0', 'main', 'a'.repeat(64), 'feat/x:1+2@3_4-5'])('%s is a version', (version) => {
    expect(checkVersion(version)).toBe(version);
  });

  it.each(['', ' ', '1 4', 'a'.repeat(65), '1\n', '<@&1>'])('%j is none', (version) => {
    expect(() => checkVersion(version)).toThrow('cannot be a version');
  });

  it.each(['Production', '', 'a'.repeat(33), 'a b', '-x'])('%j is no environment', (environment) => {
    expect(() => checkEnvironment(environment)).toThrow('cannot be an environment');
  });

  it('a link is an address of a page, of 500 characters at most', () => {
    const link = `https://ci/${'x'.repeat(489)}`;
    expect([checkLink(link), checkLink('http://ci')]).toEqual([link, 'http://ci']);
    for (const bad of [`${link}x`, 'ftp://ci', 'javascript:alert(1)', 'ci/7', '']) {
      expect(() => checkLink(bad), bad).toThrow('no address of a page');
    }
  });

  it('a summary has 1,000 characters at most', () => {
    const of = (length: number) => () =>
      checkAnnouncement(announcing('1.4.0', { summary: 'x'.repeat(length) }));
    expect(of(1_000)).not.toThrow();
    expect(of(1_001)).toThrow('The summary has 1001 characters; 1000 is the most.');
  });

  it('a state that may not follow is a bug, and no change', () => {
    expect(() => moved(deployment(), 'announced', now)).toThrow(
      'A deployment that is testing cannot become announced.',
    );
    expect(moved(deployment(), 'watching', now)).toMatchObject({ revision: 4, entered: { watching: now } });
  });

  it('the newest 40 lines of news stay, and their numbers go on', () => {
    let document = deployment();
    for (let line = 0; line < 45; line++) document = telling(document, now, 'info', `line ${line}`);
    expect(document.newsCount).toBe(45);
    expect(document.news.map(({ n }) => n)).toEqual(Array.from({ length: 40 }, (_, at) => at + 6));
  });

  it('a gate is kept under its version, whatever is in it, and nothing else is taken for one', () => {
    const keys = ['1.4.0', '1.4.1', 'feat/x', ''].map(gateKey);
    expect(new Set(keys).size).toBe(4);
    for (const key of keys) expect(key).toMatch(/^gate\.[\w-]{22}$/);
    expect([
      ...keys.map(kindOfKey),
      kindOfKey('7F3K2QX0'),
      kindOfKey('releases'),
      kindOfKey('7f3k2qx0'),
    ]).toEqual([...['gate', 'gate', 'gate', 'gate', 'deployment', undefined, undefined]]);
  });
});
