/** What staff are told of what people say: how many and how bad. Their words stay behind the button, so that they can be forgotten. */
import { count } from '../../core/count.js';
import { rollbackButton } from './rollbackButtons.js';
import { told, type Told } from './told.js';

export interface FeedbackFacts {
  readonly feature: string;
  readonly critical: number;
  readonly otherReports: number;
  readonly ratings: number;
  /** Of the new ratings; undefined without any. */
  readonly meanStars: number | undefined;
  readonly guilds: number;
  /** Of them, guilds with the feature. */
  readonly guildsWith: number;
  /** It is a flag that is on for somebody. */
  readonly isOn: boolean;
}

export const readFeedbackAction = 'feedback-read';

export function feedbackNews(facts: FeedbackFacts): Told {
  const { feature, critical, otherReports, ratings, meanStars, guilds, guildsWith, isOn } = facts;
  const reports = critical + otherReports;
  return told({
    tone: critical > 0 ? 'bad' : reports > 0 ? 'warn' : 'info',
    title:
      reports > 0
        ? `${count(reports, 'report')} of a problem with ${feature}`
        : `${count(ratings, 'rating')} of ${feature}`,
    why: [
      ...(reports > 0 ? [`${critical} critical, ${otherReports} lesser.`] : []),
      ...(meanStars === undefined
        ? []
        : [`${count(ratings, 'rating')}, ${meanStars.toFixed(1)} of 5 stars.`]),
      `From ${count(guilds, 'guild')}, ${guildsWith} of them with the feature.`,
    ],
    did: [],
    todo:
      reports === 0
        ? 'Nothing; read them if you like.'
        : isOn
          ? 'Read them; where people are harmed, roll back.'
          : 'Read them, and write down what is to be mended.',
    buttons: [
      { label: 'Read', style: 'secondary', action: readFeedbackAction, args: [feature] },
      ...(isOn ? [rollbackButton(feature)] : []),
    ],
  });
}
