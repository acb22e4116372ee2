import { expect, it } from 'vitest';
import { Acknowledging } from '../../../../src/lib/deployments/releases/Acknowledging.js';
import { firstStart } from '../../../../src/lib/deployments/releases/turns.js';
import { Damaged } from '../../../../src/lib/state/errors.js';
import { RecordingLogger } from '../drivers/RecordingLogger.js';

it('a handover that cannot be followed is said once for each trouble, and not with every look', async () => {
  const handover = { id: 'h', to: '2', why: 'A test wants it.', by: { by: '1', at: 0 }, since: 5 };
  const logger = new RecordingLogger();
  const troubles = ['half', 'half', 'half', 'none at all', 'half'];
  let looks = 0;
  let isEnough = (): void => undefined;
  const enough = new Promise<void>((resolve) => (isEnough = resolve));
  const acknowledging = new Acknowledging({
    own: '1',
    sight: { document: { v: 2, ...firstStart('1', 0), handover } },
    state: { look: () => Promise.reject(new Damaged(troubles[looks++] ?? '')) },
    presence: { say: async () => undefined },
    pause: async () => {
      if (looks >= troubles.length) isEnough();
    },
    hasBegun: () => true,
    logger,
  } as never);
  acknowledging.see();
  await enough;
  await acknowledging.close();
  expect(logger.text.match(/half|none at all/g)).toEqual(['half', 'none at all', 'half']);
});
