/** `/feature info`: one flag at a glance. */
import { count } from '../core/count.js';
import type { Card, CardField, Text } from '../alerts/Card.js';
import { who } from '../alerts/wording/facts.js';
import { rollbackButton } from '../alerts/wording/rollbackButtons.js';
import { when } from '../deprecations/Deprecation.js';
import type { UsedDeprecation } from '../deprecations/DeprecationUse.js';
import type { Stamp } from '../flags/documents.js';
import type { FlagsRoom } from '../flags/FlagsRoom.js';
import type { FlagOverview } from '../flags/results.js';
import { stateOf } from './flagState.js';
import { everythingOff } from './listCard.js';
import { showPercentage } from './percentage.js';

/**
 * @param lastUsed ms since epoch of the last day on which it was evaluated, or why that cannot be said
 * @param replaced what the bot's code deprecates in favour of this flag
 */
export function infoCard(
  flags: FlagsRoom,
  overview: FlagOverview,
  lastUsed: number | string,
  replaced: readonly UsedDeprecation[] = [],
): Card {
  const { flag } = overview;
  const { sign, words } = stateOf(flag);
  return {
    tone: flag.killed === null && flags.switchedOff() === undefined ? 'info' : 'bad',
    title: flag.key,
    body: [
      ...everythingOff(flags.switchedOff()),
      flag.description === '' ? 'No description.' : flag.description,
    ],
    fields: [
      { name: 'State', value: `${sign} ${words}`, inline: true },
      { name: 'Percentage', value: showPercentage(flag.basisPoints), inline: true },
      {
        name: 'On now for',
        value: `${overview.guildsOn.toLocaleString('en-US')} of ${count(overview.outOf, 'guild')} with ${count(overview.membersOn, 'member')}`,
        inline: true,
      },
      ...stamped('Killed', flag.killed),
      ...stamped('Archived', flag.archived),
      { name: 'Kind', value: flag.kind, inline: true },
      { name: 'Owner', value: flag.owner ?? 'nobody', inline: true },
      { name: 'Beta', value: beta(overview), inline: true },
      { name: 'By name', value: byName(overview) },
      ...links(flags, overview),
      {
        name: 'Expires',
        value: flag.expiresAt === null ? 'never' : [{ time: flag.expiresAt, style: 'D' }],
        inline: true,
      },
      {
        name: 'Last used',
        value: typeof lastUsed === 'string' ? lastUsed : [{ time: lastUsed, style: 'D' }],
        inline: true,
      },
      ...(replaced.length === 0 ? [] : [{ name: 'Takes the place of', value: replacements(replaced) }]),
      { name: 'Created', value: stamp(flag.created), inline: true },
      { name: 'Last changed', value: stamp(flag.updated), inline: true },
    ],
    ...(overview.guildsOn > 0 && { buttons: [rollbackButton(flag.key)] }),
  };
}

function beta({ flag, joined, waiting, keptOff }: FlagOverview): string {
  const numbers = [
    joined > 0 ? `${joined} joined` : '',
    waiting > 0 ? `${waiting} waiting` : '',
    keptOff > 0 ? `${keptOff} keep it off` : '',
  ].filter((text) => text !== '');
  return [flag.beta, ...numbers].join(', ');
}

/** As many as a field holds; the code has the rest. */
function replacements(replaced: readonly UsedDeprecation[]): Text {
  const shown = replaced
    .slice(0, 8)
    .flatMap(({ what, uses, removeIn }, index) => [
      ...(index === 0 ? [] : [{ br: true } as const]),
      { code: what },
      `: used ${uses === 1 ? 'once' : `${uses.toLocaleString('en-US')} times`} in 30 days, goes away ${when(removeIn)}`,
    ]);
  return replaced.length > 8 ? [...shown, { br: true }, `and ${replaced.length - 8} more`] : shown;
}

function byName({ flag, allowed, denied }: FlagOverview): string {
  const cohorts = Object.entries(flag.cohorts).map(([name, { override }]) => `${override} cohort ${name}`);
  return [`${count(allowed, 'guild')} allowed`, `${count(denied, 'guild')} denied`, ...cohorts].join(', ');
}

function links(flags: FlagsRoom, { flag, dependants }: FlagOverview): readonly CardField[] {
  const requires = flag.requires.map((key) => `${key} (${stateOf(flags.flag(key)).words})`);
  return [
    ...(requires.length === 0 ? [] : [{ name: 'Requires', value: requires.join(', '), inline: true }]),
    ...(dependants.length === 0 ? [] : [{ name: 'Required by', value: dependants.join(', '), inline: true }]),
    ...(flag.seed === null ? [] : [{ name: 'Seed', value: flag.seed, inline: true }]),
  ];
}

const stamped = (name: string, value: Stamp | null): readonly CardField[] =>
  value === null ? [] : [{ name, value: stamp(value) }];

function stamp({ by, at, reason }: Stamp): Text {
  // Programs: `system:judge`.
  const person = who({ id: by, name: by.replace(/^system:/, 'the bot’s ') });
  return [
    { time: at, style: 'R' },
    ' by ',
    ...(typeof person === 'string' ? [person] : person),
    reason === undefined ? '' : `: ${reason}`,
  ];
}
