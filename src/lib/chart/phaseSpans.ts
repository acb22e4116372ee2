/** The phases as spans of the picture, each with as much of its name as has room. */
import type { RatioPoints } from './RatioPoints.js';

/** Of the font at the size that phases are written in. */
const characterWidthPx = 6.9;
const paddingPx = 10;
const shortestName = 3;

export interface PhaseSpan {
  readonly from: number;
  readonly to: number;
  /** Empty where there is no room for any of it. */
  readonly label: string;
}

export function phaseSpans(
  { phases }: Pick<RatioPoints, 'phases'>,
  { from, to, widthPx }: { readonly from: number; readonly to: number; readonly widthPx: number },
): readonly PhaseSpan[] {
  return phases
    .map(({ at, name }, i) => ({ name, from: Math.max(from, at), to: Math.min(to, phases[i + 1]?.at ?? to) }))
    .filter((span) => span.to > span.from)
    .map((span) => {
      const roomPx = (widthPx * (span.to - span.from)) / (to - from) - paddingPx;
      return {
        from: span.from,
        to: span.to,
        label: fitted(span.name, Math.floor(roomPx / characterWidthPx)),
      };
    });
}

/** Of "gradual_rollout 25 %" the end is what tells it from its neighbours. */
function fitted(name: string, characters: number): string {
  if (name.length <= characters) return name;
  const percentage = /\d+(\.\d+)? %$/.exec(name)?.[0];
  if (percentage !== undefined && percentage.length <= characters) return percentage;
  return characters < shortestName ? '' : `${name.slice(0, characters - 1)}…`;
}
