/** Smoke tests as people see them: while they run, when they have ended, and those of the past. */
import { count } from '../../core/count.js';
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { lines, who } from '../../alerts/wording/facts.js';
import type { SmokeRunDocument } from '../../smoke/runs/documents.js';
import { nameOf } from '../../smoke/runs/results.js';
import type { SmokeTick } from '../../smoke/SmokeTest.js';
import { pageButtons, pageOf, pageTitle } from '../pages.js';

/** The action of the page buttons. */
export const smokeRunsAction = 'smoke-runs';

const signs: Readonly<Record<SmokeTick['state'], string>> = {
  waiting: '▫️',
  running: '⏳',
  passed: '✅',
  failed: '❌',
};

/** Live: a line a test. */
export function tickingCard(what: SmokeRunDocument['what'], ticks: readonly SmokeTick[]): Card {
  const ended = ticks.filter(({ state }) => state === 'passed' || state === 'failed').length;
  return {
    tone: ticks.some(({ state }) => state === 'failed') ? 'warn' : 'info',
    title: `Running ${nameOf(what)}: ${ended} of ${count(ticks.length, 'test')}`,
    body: joined(ticks.map(tickText)),
  };
}

/** @param isKept false where it could not be written down */
export function endedCard(run: SmokeRunDocument, isKept = true): Card {
  const { result, state, what, created, id } = run;
  const signed: readonly CardField[] = [
    { name: 'By', value: who({ id: created.by, name: created.name }), inline: true },
    { name: 'Began', value: [{ time: created.at, style: 'f' }], inline: true },
    { name: 'Run', value: [{ code: id }], inline: true },
  ];
  if (result === null) {
    const isLost = state === 'lost';
    return {
      tone: isLost ? 'warn' : 'info',
      title: isLost ? `Nobody knows how ${nameOf(what)} went` : `${upper(nameOf(what))} is running`,
      body: isLost
        ? 'The process that ran it was gone before its end. Run it again: /smoke run.'
        : `It runs in the process ${run.process}. Look again in a few seconds.`,
      fields: signed,
    };
  }
  const failed = result.results.filter(({ verdict }) => verdict === 'failed');
  const total = `${count(result.results.length, 'test')} in ${secondsOf(result.tookMs)}`;
  return {
    tone: failed.length === 0 ? 'good' : 'bad',
    title:
      failed.length === 0
        ? `${upper(nameOf(what))} passed: ${total}`
        : `${upper(nameOf(what))} failed: ${failed.length} of ${total}`,
    body: joined([
      ...result.results.map((one) =>
        tickText({ ...one, state: one.verdict, detail: one.verdict === 'failed' ? one.sentence : '' }),
      ),
      ...result.leftOut.map(({ name, why }): Text => ['▫️ ', { bold: name }, ` left out: ${why}`]),
      ...(failed.length === 0 ? [] : ['Each was tried once. Mend what is named, then run it again.']),
      ...(isKept ? [] : ['The state store is away: this result stands nowhere but here.']),
    ]),
    fields: signed,
  };
}

const pageSize = 8;

/** @param all newest first */
export function smokeHistoryCard(all: readonly SmokeRunDocument[], wanted: number): Card {
  const page = pageOf(all, wanted, pageSize);
  return {
    tone: 'info',
    title: pageTitle(count(all.length, 'run of smoke tests', 'runs of smoke tests'), page),
    ...(all.length === 0 && { body: 'None was run yet: /smoke run tries everything that the bot needs.' }),
    fields: page.items.map(historyField),
    buttons: pageButtons(page, smokeRunsAction, []),
  };
}

const stateSigns: Readonly<Record<SmokeRunDocument['state'], string>> = {
  ...{ running: '⏳', passed: '✅', failed: '❌', lost: '❔' },
};

function historyField({ state, what, created, result, id }: SmokeRunDocument): CardField {
  const failed = (result?.results ?? []).filter(({ verdict }) => verdict === 'failed');
  const said = failed.map(({ name }) => name).join(', ');
  return {
    name: `${stateSigns[state]} ${upper(nameOf(what))}${result === null ? '' : `, ${secondsOf(result.tookMs)}`}`,
    value: [
      ...(said === '' ? [] : [`Failed: ${said}`, { br: true } as const]),
      { time: created.at, style: 'f' },
      ` by ${created.name}`,
      ...(created.reason === undefined ? [] : [`: ${created.reason}`]),
      { br: true },
      { code: id },
    ],
  };
}

function tickText({ name, state, tookMs, detail }: SmokeTick): Text {
  const time = state === 'waiting' || (state === 'running' && tookMs === 0) ? '' : ` ${secondsOf(tookMs)}`;
  const said = detail === '' || state === 'waiting' ? '' : `: ${detail.slice(0, 400)}`;
  return [`${signs[state]} `, { bold: name }, `${time}${said}`];
}

/** Every line, however many: none of them may be summed up. */
function joined(all: readonly Text[]): Text {
  return all.flatMap((text, index) =>
    index === 0 ? lines([text]) : [{ br: true } as const, ...lines([text])],
  );
}

const secondsOf = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
const upper = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
