import type { LeaseAnswer } from '../Engine.js';
import { tokenJump } from '../fence.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';
import { list, text } from './replies.js';

const take = script('lease');
const release = script('release');
const holder = script('holder');

export class RedisLeases {
  public constructor(
    private readonly calls: RedisCalls,
    private readonly keys: RedisKeys,
  ) {}

  public async take(name: string, owner: string, ttlMs: number, floor: number): Promise<LeaseAnswer> {
    const reply = await this.calls.run(
      'write',
      take,
      [this.keys.lease(name)],
      [owner, ttlMs, floor, tokenJump],
    );
    const [who, token] = list(reply);
    return { owner: text(who), token: Number(token) };
  }

  public async holder(name: string): Promise<LeaseAnswer | undefined> {
    const [owner, token] = list(await this.calls.run('read', holder, [this.keys.lease(name)], []));
    return owner === undefined ? undefined : { owner: text(owner), token: Number(token) };
  }

  public async release(name: string, owner: string): Promise<void> {
    await this.calls.run('write', release, [this.keys.lease(name)], [owner, this.keys.channel, name]);
  }
}
