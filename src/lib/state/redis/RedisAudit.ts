import { emptyHead } from '../audit/chain.js';
import type { AuditRow, AuditRows } from '../Engine.js';
import { parseEntryId } from '../entryId.js';
import { refuseStale } from '../fence.js';
import type { AuditHead, Fence } from '../Store.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';
import { list, streamEntry, text, textOr } from './replies.js';

const seal = script('seal');

/** Entries and seals are two streams with the same ids: a stream cannot be edited by accident, and reads in order. */
export class RedisAudit implements AuditRows {
  public constructor(
    private readonly calls: RedisCalls,
    private readonly keys: RedisKeys,
  ) {}

  public async forward(after: string, limit: number): Promise<readonly AuditRow[]> {
    return this.range('XRANGE', after === '' ? '-' : `(${after}`, '+', limit);
  }

  public async backward(before: string | undefined, limit: number): Promise<readonly AuditRow[]> {
    if (before !== undefined && parseEntryId(before) === undefined) return [];
    return this.range('XREVRANGE', before === undefined ? '+' : `(${before}`, '-', limit);
  }

  public async get(id: string): Promise<AuditRow | undefined> {
    return parseEntryId(id) && (await this.range('XRANGE', id, id, 1))[0];
  }

  public async head(): Promise<AuditHead> {
    const { auditHead } = this.keys;
    const reply = await this.calls.command('read', auditHead, ['HMGET', auditHead, 'count', 'id', 'seal']);
    const [count, id, last] = list(reply).map((field) => textOr(field, undefined));
    return count === undefined ? emptyHead : { count: Number(count), id: id ?? '', seal: last ?? '' };
  }

  public async seal(
    fence: Fence,
    from: AuditHead,
    seals: readonly { readonly id: string; readonly seal: string }[],
    to: AuditHead,
  ): Promise<boolean> {
    const keys = [this.keys.lease(fence.lease), this.keys.auditHead, this.keys.seals];
    const args = [
      fence.token,
      from.seal,
      to.count,
      to.id,
      to.seal,
      ...seals.flatMap((one) => [one.id, one.seal]),
    ];
    const [is, newest] = list(await this.calls.run('write', seal, keys, args));
    if (text(is) === 'fenced') refuseStale(fence, Number(newest));
    return text(is) === 'done';
  }

  private async range(
    command: string,
    from: string,
    to: string,
    limit: number,
  ): Promise<readonly AuditRow[]> {
    const { audit, seals } = this.keys;
    if (limit <= 0) return [];
    const reply = await this.calls.command('read', audit, [command, audit, from, to, 'COUNT', String(limit)]);
    const entries = list(reply).map(streamEntry);
    const [first, last] = [entries[0], entries.at(-1)];
    if (first === undefined || last === undefined) return [];
    const sealReply = await this.calls.command('read', seals, [command, seals, first.id, last.id]);
    const sealOf = new Map(
      list(sealReply)
        .map(streamEntry)
        .map(({ id, fields }) => [id, fields.get('s')]),
    );
    return entries.map(({ id, fields }) => ({ id, text: fields.get('e') ?? '', seal: sealOf.get(id) }));
  }
}
