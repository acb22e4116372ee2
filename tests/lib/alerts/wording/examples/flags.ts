import {
  betaAnswered,
  type BetaEvent,
  betaNews,
  betaRequested,
} from '../../../../../src/lib/alerts/wording/beta.js';
import { digest } from '../../../../../src/lib/alerts/wording/digest.js';
import { everythingOff, everythingOn } from '../../../../../src/lib/alerts/wording/everything.js';
import { feedbackNews } from '../../../../../src/lib/alerts/wording/feedback.js';
import { flagChanged } from '../../../../../src/lib/alerts/wording/flagChanged.js';
import { admin, type Examples } from './Examples.js';

const events: readonly BetaEvent[] = ['joined', 'left', 'killed', 'restored', 'released', 'lapsed'];
const feedback = { feature: 'new_greeting', guilds: 3, guildsWith: 2, isOn: true };

export const flags: Examples = {
  flagChanged: (say) =>
    (['info', 'good', 'warn', 'bad'] as const).map((tone) =>
      flagChanged({
        ...{ title: 'Enable new_greeting for 25 % of guilds', by: admin, reason: say('canary'), tone },
        differences: [{ what: 'description', before: say('none'), after: say('Warmer words') }],
        notes: [`${say('It')} was disabled.`],
        isOn: ['new_greeting'],
      }),
    ),
  everythingOff: (say) => [everythingOff({ by: admin, reason: say('everything is slow') })],
  everythingOn: (say) => [everythingOn({ by: admin, reason: say('all clear') })],
  betaRequested: (say) => [
    betaRequested({
      ...{ flag: 'new_greeting', description: `${say('Warmer words')}.`, by: admin },
      guild: { id: '123456789012345670', name: say('Beta server'), members: 1_234 },
    }),
  ],
  betaAnswered: (say) =>
    (['approved', 'declined'] as const).map((answer) =>
      betaAnswered({ flag: 'new_greeting', guildName: say('Beta server'), answer, reason: say('full') }),
    ),
  betaNews: (say) =>
    events.map((event) =>
      betaNews({ flag: 'new_greeting', description: `${say('Warmer words')}.`, event, by: admin }),
    ),
  digest: (say) => [
    digest({
      expired: [{ flag: 'old', owner: say('chat'), expiredAt: 1 }],
      settled: [{ flag: 'old', percent: 100, since: 1 }],
      unused: [{ flag: 'dusty', lastUsedAt: undefined }],
    }),
    digest({ expired: [], settled: [], unused: [] }),
  ],
  feedbackNews: () => [
    feedbackNews({ ...feedback, critical: 1, otherReports: 2, ratings: 3, meanStars: 2.5 }),
    feedbackNews({
      ...feedback,
      critical: 0,
      otherReports: 2,
      ratings: 0,
      meanStars: undefined,
      isOn: false,
    }),
    feedbackNews({ ...feedback, critical: 0, otherReports: 0, ratings: 3, meanStars: 4.5 }),
  ],
};
