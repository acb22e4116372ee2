import { describe, expect, it } from 'vitest';
import { seal, Unreadable } from '../../../src/lib/state/envelope.js';
import { OpenedDocuments } from '../../../src/lib/state/OpenedDocuments.js';

const text = (v: number, name = 'a') => seal(v, JSON.stringify({ schema: 1, name }));

describe('documents that were read a moment ago', () => {
  it('are read once where the text is the same, and anew where it is not', () => {
    const opened = new OpenedDocuments();
    const first = opened.open('flags', 'a', text(1));
    expect(first).toEqual({ v: 1, schema: 1, name: 'a' });
    expect(opened.open('flags', 'a', text(1))).toBe(first);
    expect(opened.open('flags', 'a', text(2))).toMatchObject({ v: 2 });
    expect(opened.open('flags', 'a', text(1))).toEqual(first);
  });

  it('are told apart by room and by key', () => {
    const opened = new OpenedDocuments();
    const inFlags = opened.open('flags', 'a', text(1));
    expect(opened.open('cohorts', 'a', text(1))).not.toBe(inFlags);
    expect(opened.open('flags', 'b', text(1))).not.toBe(inFlags);
    expect(opened.open('flags', 'a', text(1))).toBe(inFlags);
  });

  it('cannot be changed by whoever is handed them, however deep', () => {
    const opened = new OpenedDocuments();
    const raw = seal(1, JSON.stringify({ schema: 1, guards: { errors: { starts: [{ sums: [0.5, 2] }] } } }));
    const document = opened.open('rollouts', 'a', raw) as unknown as {
      guards: { errors?: { starts: { sums: number[] }[] } };
    };
    expect(() => (document.guards.errors = undefined)).toThrow(TypeError);
    expect(() => document.guards.errors?.starts.pop()).toThrow(TypeError);
    expect(() => document.guards.errors?.starts[0]?.sums.push(3)).toThrow(TypeError);
    expect(opened.open('rollouts', 'a', raw)).toMatchObject({
      guards: { errors: { starts: [{ sums: [0.5, 2] }] } },
    });
  });

  it('are still damaged at the second look', () => {
    const opened = new OpenedDocuments();
    const first = opened.open('flags', 'a', '{"value":');
    expect(first).toBeInstanceOf(Unreadable);
    expect(opened.open('flags', 'a', '{"value":')).toBe(first);
  });

  it('leave, oldest first, when they take too much room', () => {
    const opened = new OpenedDocuments();
    const large = 'x'.repeat(100 * 1024);
    const [a, b] = ['a', 'b'].map((key) => opened.open('flags', key, text(1, large)));
    opened.open('flags', 'c', text(1, large));
    expect(opened.open('flags', 'b', text(1, large))).toBe(b);
    expect(opened.open('flags', 'a', text(1, large))).not.toBe(a);
    const huge = text(1, 'x'.repeat(300 * 1024));
    expect(opened.open('flags', 'd', huge)).not.toBe(opened.open('flags', 'd', huge));
  });
});
