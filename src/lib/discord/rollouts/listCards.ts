/** `/rollout list` and `/rollout plans`. */
import { count } from '../../core/count.js';
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import type { ListedPlan } from '../../rollouts/plans/Plan.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import { pageButtons, pageOf, pageTitle } from '../pages.js';
import { showPercentage } from '../percentage.js';
import { span } from '../span.js';
import { tones } from '../tones.js';
import { moment, type TwoClocks } from './moment.js';

/** The actions of the page buttons. */
export const rolloutsAction = 'rollouts';
export const plansAction = 'plans';

const pageSize = 8;

export function rolloutListCard(
  all: readonly RolloutStatus[],
  isOpenOnly: boolean,
  wanted: number,
  clocks: TwoClocks,
): Card {
  const page = pageOf(all, wanted, pageSize);
  return {
    tone: 'info',
    title: pageTitle(
      count(
        all.length,
        isOpenOnly ? 'rollout under way' : 'rollout',
        isOpenOnly ? 'rollouts under way' : 'rollouts',
      ),
      page,
    ),
    ...(all.length === 0 && { body: 'None. /rollout start begins one.' }),
    fields: page.items.map((status) => rolloutField(status, clocks)),
    buttons: pageButtons(page, rolloutsAction, [isOpenOnly ? 'open' : '']),
  };
}

function rolloutField(
  { flag, tone, headline, id, ended, next, updatedAt }: RolloutStatus,
  clocks: TwoClocks,
): CardField {
  const when = ended?.at ?? next.at;
  return {
    name: `${tones[tone].sign} ${flag}`,
    value: [
      headline,
      { br: true },
      { code: id },
      ended === null ? ` ${next.text}` : ' ended',
      ...(when === null ? [] : [ended === null ? ', ' : ' ', ...moment(when, clocks)]),
      ...(when === null && ended === null ? [', last change ', ...moment(updatedAt, clocks)] : []),
    ],
  };
}

export function plansCard(all: readonly ListedPlan[], wanted: number): Card {
  const page = pageOf(all, wanted, 6);
  const broken = all.filter(({ ok }) => !ok).length;
  return {
    tone: broken > 0 ? 'warn' : 'info',
    title: pageTitle(count(all.length, 'plan'), page),
    body:
      broken > 0
        ? `${count(broken, 'file')} cannot be read as a plan: mend what is named, and start the bot again.`
        : 'Start one with /rollout start.',
    fields: page.items.map((listed) => (listed.ok ? planField(listed) : brokenField(listed))),
    buttons: pageButtons(page, plansAction, []),
  };
}

function planField({ plan, source }: Extract<ListedPlan, { readonly ok: true }>): CardField {
  const lasts = plan.steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return {
    name: `${plan.name}, ${span(lasts)}`,
    value: lines([
      ...(plan.description === '' ? [] : [plan.description]),
      plan.steps
        .map(
          ({ name, basisPoints, durationMs, targetGuilds }) =>
            `${name}${name.endsWith('%') ? '' : ` ${showPercentage(basisPoints)}`}${targetGuilds.length === 0 ? '' : ' and chosen guilds'} (${span(durationMs)})`,
        )
        .join(' → '),
      plan.guards.map(({ metric, margin, action }) => `${metric} above ${margin}×: ${action}`).join(' · '),
      ['From ', { code: source }],
    ]),
  };
}

function brokenField({ name, problems }: Extract<ListedPlan, { readonly ok: false }>): CardField {
  return {
    name: `🛑 ${name} is broken`,
    value: lines(
      problems.map(({ file, line, column, message }): Text => [
        { code: `${file}:${line}:${column}` },
        ` ${message}`,
      ]),
    ),
  };
}
