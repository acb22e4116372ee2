import { expect, it } from 'vitest';
import { releaseAnswers } from '../../../../src/lib/alerts/wording/releases.js';

const facts = { release: '2.0.0', previous: '1.0.0', why: 'It was started for the first time.' };

it('another release is news, with who answered before and why', () => {
  const card = releaseAnswers({ ...facts, isLastResort: false });
  expect(card.tone).toBe('info');
  expect(card.title).toBe('Release 2.0.0 answers now');
  expect(JSON.stringify(card.body)).toContain('Until now it was 1.0.0');
  expect(JSON.stringify(card.body)).toContain('It was started for the first time.');
});

it('a release that was rolled back and answers again is bad news, with what to do', () => {
  const card = releaseAnswers({ ...facts, isLastResort: true });
  expect(card.tone).toBe('bad');
  expect(card.title).toContain('although it was rolled back');
  expect(card.todo).toContain('Start 1.0.0, or another good release.');
});
