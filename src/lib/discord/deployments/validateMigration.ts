/** `/deploy validate migration:…`: five checks of a file beside the bot, on a copy, with live ticks. */
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import { stopwatch } from '../../alerts/wording/stopwatch.js';
import type { CheckResult, ChecksReport } from '../../deployments/checks/CheckResult.js';
import type { CheckTick } from '../../deployments/migrations/MigrationsInBot.js';
import { NotNow } from '../../flags/errors.js';
import type { Turn } from '../Turn.js';
import { LiveAnswer, longestAnswerMs } from './LiveAnswer.js';

/** @throws {Forbidden} {@link NotNow} {@link UnknownMigration} {@link MigrationNotTried} */
export async function validateMigration(turn: Turn, name: string): Promise<void> {
  turn.require('admin');
  const { migrationsInBot, realTime } = turn.house;
  if (migrationsInBot === undefined) {
    throw new NotNow('Migrations are not tried in this bot.', {
      next: `Try it where the files are, with npx rollouts migrate validate ${name.split('/').at(-1) ?? ''}, or set GATE_IN_BOT=true.`,
    });
  }
  await turn.wait();
  const answer = new LiveAnswer(turn, endedCard(name));
  const begun = realTime.now();
  const report = await migrationsInBot
    .validate({
      name,
      // Nobody could be told of what comes later; the copy is removed.
      signal: AbortSignal.timeout(longestAnswerMs),
      onTicks: (ticks) => answer.show(tickCard(name, ticks)),
    })
    .finally(() => answer.stop());
  await answer.end(reportCard(name, report, realTime.now() - begun));
}

const signs = { running: '▶', passed: '✔', failed: '✖', unknown: '?', 'not-run': '–' } as const;
const longestLine = 300;
const mostEvidence = 6;

function tickCard(name: string, ticks: readonly CheckTick[]): Card {
  return {
    tone: 'info',
    title: `The migration ${name} is tried on a copy`,
    body: lines(
      ticks.map(({ check, state, sentence }): Text => [
        `${signs[state]} `,
        state === 'running' ? { bold: check } : check,
        sentence === '' ? '' : `  ${sentence.slice(0, longestLine)}`,
      ]),
    ),
  };
}

function endedCard(name: string): Card {
  return {
    tone: 'warn',
    title: `The migration ${name} takes too long to be tried from chat`,
    body: 'It was ended after 14 minutes and its copy was removed. Nothing was changed. Start npx rollouts migrate validate where the files are; it may take its time there.',
  };
}

function reportCard(name: string, { verdict, checks }: ChecksReport, tookMs: number): Card {
  const isPassed = verdict === 'passed';
  const isTried = checks.some((one) => one.name === 'dry run' && one.verdict !== 'not-run');
  const wrong = checks.filter((one) => one.verdict === 'failed' || one.verdict === 'unknown');
  return {
    tone: isPassed ? 'good' : 'bad',
    title: isPassed ? `The migration ${name} may be applied` : `The migration ${name} is not ready`,
    body: lines([
      `${isTried ? 'It was tried on a copy' : 'It was not tried at all'}; your database was not changed. ${
        isPassed
          ? 'All five checks passed.'
          : `Mend ${wrong.map((one) => one.name).join(', ')} before it is applied.`
      }`,
      ...checks.map((one): Text => [
        `${signs[one.verdict]} `,
        one.verdict === 'passed' ? one.name : { bold: one.name },
        `  ${one.sentence.slice(0, longestLine)}`,
      ]),
    ]),
    fields: [...wrong.flatMap(evidenceOf), { name: 'Took', value: stopwatch(tookMs), inline: true }],
  };
}

/** What a check that did not pass rests on. */
function evidenceOf({ name, evidence }: CheckResult): readonly CardField[] {
  if (evidence.length === 0) return [];
  const shown = evidence.slice(0, mostEvidence);
  const rest = evidence.length - shown.length;
  const found: readonly Text[] = shown.map((line) => line.slice(0, longestLine));
  return [
    { name: `What ${name} found`, value: lines(rest === 0 ? found : [...found, `… and ${rest} more`]) },
  ];
}
