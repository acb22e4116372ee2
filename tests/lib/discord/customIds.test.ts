import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customId, parseCustomId } from '../../../src/lib/discord/customIds.js';

describe('custom ids', () => {
  it('come back as they went in, colons and percent signs included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 8, unit: fc.constantFrom(':', '%', 'a', '3', 'A', ' ') }), {
          maxLength: 3,
        }),
        (args) => {
          expect(parseCustomId(customId('list', args))).toEqual({ action: 'list', args });
        },
      ),
    );
  });

  it('of others are not ours', () => {
    expect(parseCustomId('tickets:close:1')).toBeUndefined();
    expect(parseCustomId('rollouts')).toBeUndefined();
    expect(parseCustomId('rollouts:')).toBeUndefined();
  });
});
