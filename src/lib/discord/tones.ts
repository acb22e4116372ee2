/** How good or bad news looks. A sign beside the colour, so that nobody needs to tell red from green. */
import type { Tone } from '../alerts/Card.js';

export const tones: Readonly<Record<Tone, { readonly colour: number; readonly sign: string }>> = {
  info: { colour: 0x5b7a99, sign: 'ℹ️' },
  good: { colour: 0x2e8b57, sign: '✅' },
  warn: { colour: 0xd9901a, sign: '⚠️' },
  bad: { colour: 0xc0392b, sign: '🛑' },
};
