import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/lib/core/Json.js';
import { canonicalJson, emptyHead, sealAll, sealOf } from '../../../../src/lib/state/audit/chain.js';
import type { AuditEntry } from '../../../../src/lib/state/Store.js';

const entry = (n: number, body: Json = { n }): AuditEntry => {
  return { id: `${n}-0`, seq: n, commitId: `C${n}`, op: `o${n}`, at: 1000 + n, body };
};

describe('the chain of seals', () => {
  it('is SHA-256 over the seal before, a line break and the canonical entry', () => {
    // printf '\n{"at":1001,"body":{"a":[],"b":1},"commitId":"C1","id":"1-0","op":"o1","seq":1}' | sha256sum
    expect(sealOf('', entry(1, { b: 1, a: [] }))).toBe(
      '4c7c4b411608bb0785fce4c8f20a0e41fc3ec946e6534365022257b66f8ce635',
    );
  });

  it('changes from an entry on when anything in that entry changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.jsonValue(), (at, body) => {
        const entries = [1, 2, 3, 4, 5].map((n) => entry(n));
        const changed = entries.map((one, index) =>
          index === at ? { ...one, body: { changed: body as Json } } : one,
        );
        const [before, after] = [sealAll(emptyHead, entries).seals, sealAll(emptyHead, changed).seals];
        before.forEach(({ seal }, index) => {
          expect(seal === after[index]?.seal).toBe(index < at);
        });
      }),
    );
  });

  it('is the same however it is cut into steps', () => {
    const entries = [1, 2, 3, 4].map((n) => entry(n));
    const first = sealAll(emptyHead, entries.slice(0, 3));
    expect(sealAll(first.head, entries.slice(3)).head).toEqual(sealAll(emptyHead, entries).head);
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed as Json)).toBe(canonicalJson(value as Json));
        expect(JSON.parse(canonicalJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
