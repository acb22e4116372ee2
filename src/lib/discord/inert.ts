/** Makes text from people show as what was typed: no markdown, no mentions, no links, nothing invisible. */

/**
 * Characters that take no place on the screen or reorder what does: controls, zero-width and bidirectional marks,
 * fillers, tags. Emoji keep the joiners and selectors that belong to them.
 */
const invisible =
  /(?:(?!\n)(?!(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic}))(?!(?<=[\p{Extended_Pictographic}0-9#*])\uFE0F)[\p{DI}\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u2800])+/gu;

/** `[U+200B]` for one, `[U+200B +3]` for a run, so that two names that only look the same look different. */
export function showInvisible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(invisible, (run) => {
    const points = [...run];
    const first = (points[0]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return points.length === 1 ? `[U+${first}]` : `[U+${first} +${points.length - 1}]`;
  });
}

/**
 * Plain text for Discord's markdown: renders as exactly the given characters. Escapes only what would otherwise be
 * drawn, so that `new_greeting` and `12:30` stay readable in places that show markdown raw.
 */
export function inert(text: string): string {
  return (
    showInvisible(text)
      .replace(/[\\*`[\]<~|]/g, '\\$&')
      // Inside a word an underscore means nothing; doubled or at a word's edge it does.
      .replace(/(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])/g, '\\_')
      .replace(/@(?=everyone|here)/gi, '\\@')
      .replace(/:(?=\/\/)|:(?=[\w+-]*[A-Za-z+_-][\w+-]*:)/g, '\\:')
      .replace(/^(\s*)([#>+-])/gm, '$1\\$2')
      .replace(/^(\s*\d+)\.(?=\s)/gm, '$1\\.')
  );
}

/** Plain text for places without markdown (button labels, choices): only the invisible is shown. */
export function oneLine(text: string): string {
  return showInvisible(text).replace(/\s+/gu, ' ').trim();
}

/** The first characters of a text, ending in `…` where some were left out; counts as Discord does, in UTF-16 units. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let short = '';
  for (const point of text) {
    if (short.length + point.length > limit - 1) break;
    short += point;
  }
  return `${short}…`;
}
