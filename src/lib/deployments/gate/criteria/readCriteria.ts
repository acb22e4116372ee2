/**
 * Success criteria as people write them, into CEL (https://cel.dev): known sentences become booleans, names become numbers,
 * and every word that is neither is refused by name, so that a slip of the pen never passes a deployment.
 */
import { Environment } from '@marcbachmann/cel-js';
import type { Criterion, Known, Sentence } from './Criterion.js';
import { NotACriterion, tokensOf, type Token } from './tokens.js';
import { benchmarkMeasures, exampleSentences, knownMeasures, percentMeasures } from './words.js';

export type ReadCriteria =
  | { readonly ok: true; readonly criteria: readonly Criterion[] }
  | { readonly ok: false; readonly problem: string };

/** @param ownMeasures numbers that the stage's `measures` names */
export function readCriteria(text: string, ownMeasures: readonly string[] = []): ReadCriteria {
  const words = new Set<string>([...Object.keys(knownMeasures), ...benchmarkMeasures, ...ownMeasures]);
  try {
    const criteria = split(tokensOf(text)).map((tokens) => compile(text, tokens, words));
    return { ok: true, criteria };
  } catch (error) {
    if (error instanceof NotACriterion) return { ok: false, problem: error.message };
    throw error;
  }
}

/** Each part of an AND is a criterion of its own, unless an OR binds them together. */
function split(tokens: readonly Token[]): readonly (readonly Token[])[] {
  let depth = 0;
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    const operator = token.kind === 'operator' ? token.operator : '';
    if (operator === '(') depth++;
    if (operator === ')') depth--;
    if (depth === 0 && operator === '||') return [tokens];
    if (depth === 0 && operator === '&&') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function compile(whole: string, tokens: readonly Token[], words: ReadonlySet<string>): Criterion {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first === undefined || last === undefined)
    throw new NotACriterion(`expected a criterion on either side of AND, for example ${example}`);
  const text = whole.slice(first.start, last.end);
  const named = tokens.flatMap((token) => (token.kind === 'word' ? [token.word] : []));
  const measures = new Set(named.filter((word) => !isBaseline(word)));
  for (const word of measures) if (!words.has(word)) throw unknownWord(word, words);
  const baselines = new Set(named.filter(isBaseline).map((word) => baselineOf(word, measures, words)));
  const sentences: Sentence[] = [];
  const expression = tokens.map((token, index) => {
    switch (token.kind) {
      case 'operator':
        return token.operator;
      case 'number':
        return double(valueOf(tokens, index, token, measures));
      case 'sentence':
        sentences.push(token.sentence);
        return `sentence_${sentences.length - 1}`;
      case 'word':
        return isBaseline(token.word)
          ? `baseline_${baselineOf(token.word, measures, words)}`
          : `measure_${token.word}`;
    }
  });
  if (measures.size + baselines.size + sentences.length === 0)
    throw new NotACriterion(`${text} looks at nothing that the stage reports; expected ${example}`);
  const decide = checked(text, expression.join(' '), { measures, baselines, sentences });
  return {
    text,
    measures: [...measures],
    baselines: [...baselines],
    sentences,
    isMet: (known) => decide(known),
  };
}

const example = 'coverage >= 80% AND all tests pass';

interface Names {
  readonly measures: ReadonlySet<string>;
  readonly baselines: ReadonlySet<string>;
  readonly sentences: readonly Sentence[];
}

/** Types are checked now, so that nothing is left to find out after an hour of tests. */
function checked(text: string, expression: string, names: Names): (known: Known) => boolean {
  const environment = new Environment();
  for (const name of names.measures) environment.registerVariable(`measure_${name}`, 'double');
  for (const name of names.baselines) environment.registerVariable(`baseline_${name}`, 'double');
  for (const index of names.sentences.keys()) environment.registerVariable(`sentence_${index}`, 'bool');
  const wrong = (): NotACriterion =>
    new NotACriterion(
      `${text} says neither yes nor no; expected comparisons and sentences, for example ${example}`,
    );
  const program = parsed(environment, expression);
  if (program === undefined || program.check().type !== 'bool') throw wrong();
  return ({ measures, baselines, sentences }) =>
    program({
      ...prefixed('measure', measures),
      ...prefixed('baseline', baselines),
      ...prefixed('sentence', { ...sentences }),
    }) === true;
}

function parsed(environment: Environment, expression: string): ReturnType<Environment['parse']> | undefined {
  try {
    return environment.parse(expression);
  } catch {
    // Its message speaks of an expression that nobody wrote; ours says what would be right.
    return undefined;
  }
}

function prefixed<Value>(prefix: string, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}_${name}`, value]));
}

function isBaseline(word: string): boolean {
  return word === 'baseline' || word.startsWith('baseline.');
}

/** `baseline` alone is that of the one number beside it. */
function baselineOf(word: string, measures: ReadonlySet<string>, words: ReadonlySet<string>): string {
  if (word !== 'baseline') {
    const name = word.slice('baseline.'.length);
    if (!words.has(name)) throw unknownWord(name, words);
    return name;
  }
  const [only, ...others] = measures;
  if (only !== undefined && others.length === 0) return only;
  throw new NotACriterion(
    only === undefined
      ? 'baseline of what? Expected a number beside it, for example response_time <= baseline * 1.1'
      : `baseline of ${[...measures].join(' or ')}? Expected its name, for example baseline.${only}`,
  );
}

type NumberToken = Extract<Token, { kind: 'number' }>;

function valueOf(
  tokens: readonly Token[],
  index: number,
  { value, isPercent }: NumberToken,
  measures: ReadonlySet<string>,
): number {
  const isFactor = [tokens[index - 1], tokens[index + 1]].some(
    (token) => token?.kind === 'operator' && '*/'.includes(token.operator),
  );
  if (isPercent) {
    if (isFactor) return value / 100;
    if (percentMeasures.some((name) => measures.has(name))) return value;
    throw new NotACriterion(`${value}% of what? Expected a plain number, or a factor such as baseline * 1.1`);
  }
  const comparedWithPercent =
    isPercentComparedBy(tokens[index - 2], tokens[index - 1]) ||
    isPercentComparedBy(tokens[index + 2], tokens[index + 1]);
  if (comparedWithPercent && value > 0 && value <= 1)
    throw new NotACriterion(`coverage is in per cent; expected ${value * 100}% instead of ${value}`);
  return value;
}

function isPercentComparedBy(measure: Token | undefined, operator: Token | undefined): boolean {
  return (
    measure?.kind === 'word' &&
    percentMeasures.includes(measure.word) &&
    operator?.kind === 'operator' &&
    /[<>=]/.test(operator.operator)
  );
}

/** CEL tells 80 and 80.0 apart. */
function double(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : `${value}`;
}

function unknownWord(word: string, words: ReadonlySet<string>): NotACriterion {
  const sentences = exampleSentences.map((sentence) => `"${sentence}"`).join(', ');
  return new NotACriterion(
    `criteria do not know the word "${word}"; they know ${[...words].join(', ')}, baseline, AND, OR, NOT ` +
      `and sentences such as ${sentences}. Numbers of your own are listed under measures`,
  );
}
