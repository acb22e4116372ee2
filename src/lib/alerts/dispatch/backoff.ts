/** How long to wait after the nth failure in a row (from 1): doubling from a second to five minutes, half of it by chance. */
export function backoffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(300_000, 1_000 * 2 ** (failures - 1));
  return ceiling / 2 + (random() * ceiling) / 2;
}
