import { describe, expect, it } from 'vitest';
import { Lanes } from '../../../../src/lib/deployments/life/Lanes.js';

const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('lanes', () => {
  it('do one after the other within a lane, in order, and lanes beside each other', async () => {
    const lanes = new Lanes();
    const done: string[] = [];
    const act = (name: string) => async () => {
      done.push(`${name} begins`);
      await soon();
      done.push(`${name} ends`);
    };
    await Promise.all([lanes.run('a', act('a1')), lanes.run('a', act('a2')), lanes.run('b', act('b1'))]);
    expect(done.filter((one) => one.startsWith('a'))).toEqual([
      'a1 begins',
      'a1 ends',
      'a2 begins',
      'a2 ends',
    ]);
    expect(done.indexOf('b1 begins')).toBeLessThan(done.indexOf('a1 ends'));
  });

  it('go on after a failure, which is told to who asked and to nobody else', async () => {
    const lanes = new Lanes();
    const failing = lanes.run('a', () => Promise.reject(new Error('no')));
    const next = lanes.run('a', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });
});
