/** What a simulated member has to say after a greeting. */
import type { Ratings } from '../simulation/Knobs.js';

/** What came of a greeting. */
export type Greeted = 'old' | 'new' | 'failed' | 'unanswered';

/** Most people say nothing. */
const ratesOneIn = 40;
const reportsOneIn = 25;

/** 1…5 stars, or nothing to say. The old greeting is liked, whatever people think of the new one. */
export function starsFor(how: Greeted, mood: Ratings, random: () => number): number | undefined {
  if (mood === 'none' || (how !== 'old' && how !== 'new') || random() * ratesOneIn >= 1) return undefined;
  const isLiked = how === 'old' || mood === 'pleased';
  return (isLiked ? 4 : 1) + Math.floor(random() * 2);
}

/** Whether the member reports it as a critical problem. */
export function isReported(how: Greeted, isWanted: boolean, random: () => number): boolean {
  return isWanted && how === 'new' && random() * reportsOneIn < 1;
}
