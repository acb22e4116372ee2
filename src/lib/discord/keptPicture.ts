/** Pictures that cards show. A card says everything without them, so that one that cannot be drawn costs only itself. */
import { ChartUnavailable } from '../chart/errors.js';
import type { House } from './House.js';

/** Drawn once for as long as what it is drawn from stays the same: the card, an answer and every button ask for the same picture. */
interface Kept {
  readonly drawnFrom: string;
  readonly data: Buffer;
}

const byHouse = new WeakMap<object, Map<string, Kept>>();
/** Subjects whose newest picture is kept. */
const mostKept = 40;

/**
 * @param subject names what it shows, for good
 * @param drawnFrom plain data: another picture where this is another
 * @returns undefined where nothing can be drawn on this machine
 */
export async function keptPicture<T>(
  house: Pick<House, 'logger'>,
  subject: string,
  drawnFrom: T,
  draw: (from: T) => Promise<Buffer>,
): Promise<Buffer | undefined> {
  const kept = byHouse.get(house) ?? new Map<string, Kept>();
  byHouse.set(house, kept);
  const key = JSON.stringify(drawnFrom);
  const known = kept.get(subject);
  if (known?.drawnFrom === key) return known.data;
  try {
    const data = await draw(drawnFrom);
    kept.delete(subject);
    kept.set(subject, { drawnFrom: key, data });
    for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
    return data;
  } catch (error) {
    if (!(error instanceof ChartUnavailable)) throw error;
    house.logger.debug(error.message, error);
    return undefined;
  }
}
