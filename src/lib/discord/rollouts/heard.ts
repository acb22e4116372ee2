/** What people said of a feature while it is rolled out, for whoever asks why. For staff only, as all that people write. */
import { count } from '../../core/count.js';
import type { CardButton, CardField, Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import { readFeedbackAction } from '../../alerts/wording/feedback.js';
import type { FlagsRoom } from '../../flags/FlagsRoom.js';
import type { Said, Written } from '../../health/feedback/entries.js';
import type { Feedback } from '../../health/feedback/Feedback.js';
import type { Arm } from '../../health/judging/units.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import { guildName } from '../guildNames.js';
import { shorten } from '../inert.js';
import { moment, type TwoClocks } from './moment.js';

const mostTexts = 3;
const longestText = 160;

export type HearingHouse = TwoClocks & { readonly flags: FlagsRoom; readonly feedback: Feedback };

export interface Heard {
  readonly fields: readonly CardField[];
  readonly buttons: readonly CardButton[];
}

/** Since the rollout was started; nothing where nobody said anything. */
export async function heardOf(house: HearingHouse, { flag, started }: RolloutStatus): Promise<Heard> {
  const { feedback, domainTime } = house;
  const said = await feedback.said(flag, started.at, domainTime.now() + 1);
  if (said.length === 0) return { fields: [], buttons: [] };
  const texts = (await feedback.texts(flag)).filter(({ at }) => at >= started.at);
  return {
    fields: [
      {
        name: 'What people said since it began',
        value: lines([
          ...countsOf(said),
          ...texts.slice(0, mostTexts).map((written) => textOf(written, house)),
        ]),
      },
    ],
    buttons:
      texts.length === 0
        ? []
        : [{ label: 'Read all', style: 'secondary', action: readFeedbackAction, args: [flag] }],
  };
}

function countsOf(said: readonly Said[]): readonly string[] {
  const reports = said.filter(({ severity }) => severity !== undefined);
  const critical = reports.filter(({ severity }) => severity === 'critical').length;
  const withIt = reports.filter(({ arm }) => arm === 'canary').length;
  const stars = [starsOf(said, 'canary', 'with it'), starsOf(said, 'control', 'without')].flat();
  return [
    ...(reports.length === 0
      ? []
      : [
          `${count(reports.length, 'report')}, ${critical} of them critical, ${withIt} from guilds that have it.`,
        ]),
    ...(stars.length === 0 ? [] : [`Ratings of 5 stars: ${stars.join(', ')}.`]),
  ];
}

function starsOf(said: readonly Said[], of: Arm, name: string): readonly string[] {
  const given = said.flatMap(({ arm, stars }) => (arm === of && stars !== undefined ? [stars] : []));
  if (given.length === 0) return [];
  const mean = given.reduce((sum, stars) => sum + stars, 0) / given.length;
  return [`${mean.toFixed(1)} ${name} (${given.length})`];
}

function textOf({ at, guild, arm, severity, stars, text }: Written, house: HearingHouse): Text {
  return [
    { bold: severity ?? `${stars ?? 0} stars` },
    ` ${shorten(text.replace(/\s+/g, ' '), longestText)} (${guildName(house.flags, guild)}, ${
      arm === 'canary' ? 'with it' : 'without'
    }, `,
    ...moment(at, house),
    ')',
  ];
}
