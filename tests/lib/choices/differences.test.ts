import { expect, it } from 'vitest';
import { differences } from '../../../src/lib/choices/differences.js';

it('names the places that differ, new value first', () => {
  const candidate = { a: 1, b: { c: [1, 2] }, d: true, e: null };
  const control = { a: 2, b: { c: [1, 3] }, d: true, f: 0 };
  expect(differences(candidate, control, false)).toEqual([
    'a: 1, was 2',
    'b.c.1: 2, was 3',
    'e: null, was undefined',
    'f: undefined, was 0',
  ]);
});

it('shows texts by their length, unless they may be shown', () => {
  expect(differences('Ada Lovelace', 'Ada', false)).toEqual([
    'the answer: text of 12 characters, was text of 3 characters',
  ]);
  expect(differences('Ada', 'Bob', true)).toEqual(['the answer: "Ada", was "Bob"']);
});

it('stays short: five places, whatever differs', () => {
  const wide = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`key${at}`, at]));
  expect(differences(wide, {}, false)).toHaveLength(5);
});

it('survives circles, depth and what has no plain shape', () => {
  interface Circle {
    self?: Circle;
    value: number;
  }
  const circle = (value: number): Circle => {
    const made: Circle = { value };
    made.self = made;
    return made;
  };
  expect(differences(circle(1), circle(2), false)).toContain('value: 1, was 2');
  expect(differences(new Map([[1, 2]]), new Map([[1, 3]]), false)).toEqual(['the answer: Map, was Map']);
  expect(differences({ a: { b: { c: { d: { e: { f: { g: 1 } } } } } } }, {}, false)).toEqual([
    'a: Object, was undefined',
  ]);
});
