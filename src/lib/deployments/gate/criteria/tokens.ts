import { sentenceAt } from './words.js';
import type { Sentence } from './Criterion.js';

/** A piece of a criterion, and where it stands in the text. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'sentence'; readonly sentence: Sentence }
  | { readonly kind: 'number'; readonly value: number; readonly isPercent: boolean }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'operator'; readonly operator: string }
);

/** What a criterion cannot be read for; to be read after the place in the file. */
export class NotACriterion extends Error {}

const operatorShape = /&&|\|\||<=|>=|==|!=|[<>+\-*/()!]/y;
const numberShape = /(\d+(?:\.\d+)?)(\s*%)?/y;
const wordShape = /[A-Za-z_]\w*(?:\.\w+)*/y;
const spelledOut = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
]);

/** @throws NotACriterion */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const at = (shape: RegExp, index: number): RegExpExecArray | null => {
    shape.lastIndex = index;
    return shape.exec(text);
  };
  let index = 0;
  while (index < text.length) {
    const start = index;
    if (/\s/.test(text.charAt(start))) {
      index++;
      continue;
    }
    const found = sentenceAt(text, start);
    if (found !== undefined) {
      index += found.length;
      tokens.push({ kind: 'sentence', sentence: found.sentence, start, end: index });
      continue;
    }
    const number = at(numberShape, start);
    if (number !== null) {
      index += number[0].length;
      if (/[A-Za-z_]/.test(text.charAt(index)))
        throw new NotACriterion(`numbers have no unit here but %, as in ${wordFrom(text, start)}`);
      const isPercent = number[2] !== undefined;
      tokens.push({ kind: 'number', value: Number(number[1]), isPercent, start, end: index });
      continue;
    }
    const word = at(wordShape, start)?.[0];
    if (word !== undefined) {
      index += word.length;
      const operator = spelledOut.get(word.toLowerCase());
      tokens.push(
        operator === undefined
          ? { kind: 'word', word, start, end: index }
          : { kind: 'operator', operator, start, end: index },
      );
      continue;
    }
    const operator = at(operatorShape, start)?.[0];
    if (operator === undefined) {
      const char = text.charAt(start);
      const hint = char === '=' ? '; expected == for "is the same as"' : '';
      throw new NotACriterion(`${char} means nothing in a criterion${hint}`);
    }
    index += operator.length;
    tokens.push({ kind: 'operator', operator, start, end: index });
  }
  return tokens;
}

function wordFrom(text: string, start: number): string {
  return /^\S+/.exec(text.slice(start))?.[0] ?? '';
}
