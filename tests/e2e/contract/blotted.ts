/** What differs from one run to the next in a reply, and says nothing about it. */

const changing: readonly (readonly [RegExp, string])[] = [
  [/\b\d{17,20}\b/g, '<id>'],
  [/<t:\d+(:\w)?>/g, '<time>'],
  [/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?( UTC)?/g, '<time>'],
  [/\b\d{4}-\d{2}-\d{2}\b/g, '<day>'],
  [/\b(?=[A-Z]*\d)(?=\d*[A-Z])[0-9A-HJKMNP-TV-Z]{6,20}\b/g, '<id>'],
  [/\b[0-9a-f]{7,64}\b/g, '<hash>'],
  [/\b(in )?\d+(\.\d+)? ?(ms|s|seconds?|minutes?|min|hours?|h|days?)( ago)?\b/g, '<span>'],
  [/\b(a few seconds|just now|a minute|an hour)( ago)?\b/g, '<span>'],
  [/\d+(,\d{3})*(\.\d+)?/g, '<n>'],
];

export function blotted(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => changing.reduce((kept, [pattern, mark]) => kept.replaceAll(pattern, mark), line).trim())
    .filter((line) => line !== '');
}
