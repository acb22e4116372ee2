import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunningEvidence } from '../../../../src/lib/health/judging/RunningEvidence.js';

const arm = fc.record({ bad: fc.nat(30), exposure: fc.double({ min: 0, max: 40, noNaN: true }) });
const step = fc.record({ begins: fc.boolean(), tick: fc.record({ canary: arm, control: arm }) });

test('whether a limit is reached is the same as comparing ln E_total with it', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.double({ min: -3, max: 12, noNaN: true }),
      (steps, limit) => {
        const evidence = new RunningEvidence(1.2, 1, 3);
        for (const { begins, tick } of steps) {
          if (begins) evidence.begin();
          expect(evidence.reaches(limit)).toBe(evidence.lnTotal() >= limit);
          evidence.add([tick]);
          expect(evidence.reaches(limit)).toBe(evidence.lnTotal() >= limit);
        }
        const restored = RunningEvidence.restore(
          { margin: 1.2, views: 1, begun: evidence.startsBegun },
          evidence.live(),
          3,
        );
        expect(restored.reaches(limit)).toBe(evidence.lnTotal() >= limit);
      },
    ),
  );
});
