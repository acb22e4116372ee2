/**
 * Times in texts are of the bot's time or of the machine's, and nothing says which. Where the bot's runs fast the two are soon
 * days apart: a moment belongs to the clock that it is nearer to.
 *
 * @returns what it is now by that clock (all ms since epoch)
 */
export function readerClock(
  atMs: number,
  { nowMs, domainNowMs }: { readonly nowMs: number; readonly domainNowMs: number },
): number {
  return Math.abs(atMs - domainNowMs) < Math.abs(atMs - nowMs) ? domainNowMs : nowMs;
}
