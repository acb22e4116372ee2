/** When on-call is called for a rollback, and when nobody has to be called for it any more. */
import { describe, expect, it } from 'vitest';
import { Ground } from './ground.js';

interface Called {
  readonly title: string;
  readonly trouble: string | undefined;
  readonly over: readonly string[];
}

async function calls(ground: Ground): Promise<readonly Called[]> {
  return (await ground.store.outbox.pending(10_000)).flatMap(({ body }) => {
    const { card, trouble, over = [] } = body as never as Partial<Called> & { card: { title: string } };
    return trouble === undefined && over.length === 0 ? [] : [{ title: card.title, trouble, over }];
  });
}
const saidOf = async (ground: Ground): Promise<string> =>
  JSON.stringify((await ground.store.outbox.pending(10_000)).at(-1)?.body);

describe('a rollback', () => {
  it('calls with its first word, and once it is proven nobody is called for it again, which it says', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    const { id } = await ground.now_('greeting');
    await ground.until(({ state }) => state === 'completed');
    expect(await calls(ground)).toMatchObject([
      { title: 'ROLLBACK INITIATED: it leaks', trouble: id },
      { title: expect.stringContaining('is rolled back') as string, over: [id] },
    ]);
    expect(await saidOf(ground)).toContain('On-call is not called for it again.');
  });

  it.each(['failed', 'unknown'] as const)('whose proof is %s goes on calling', async (verdict) => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    ground.proof = () => Promise.resolve(ground.proofOf(verdict, true));
    await ground.now_('greeting');
    await ground.until(({ state }) => state === 'completed');
    expect((await calls(ground)).flatMap(({ over }) => over)).toEqual([]);
    expect(await saidOf(ground)).not.toContain('not called');
  });

  it('that is proven, and in which a step failed, still needs somebody', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    ground.fates.set('bring-up', () => Promise.reject(new Error('the image is gone')));
    const { id } = await ground.now_('greeting');
    await ground.until(({ state }) => state === 'completed');
    expect(await calls(ground)).toMatchObject([{ trouble: id }, { trouble: id }]);
    expect(await saidOf(ground)).not.toContain('not called');
  });

  it('that somebody looks after does not speak of calls at its end', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    const { id, revision } = await ground.now_('greeting');
    await ground.rollbacks.acknowledge(id, { by: { id: '9', name: 'eve' }, revision });
    await ground.until(({ state }) => state === 'completed');
    expect(await saidOf(ground)).not.toContain('not called');
  });
});
