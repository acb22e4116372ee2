import type { Changes, EngineHead, FeedEntry } from '../Engine.js';
import { Damaged } from '../errors.js';
import { namespaces, type CommitRef, type Namespace } from '../Store.js';
import type { RedisKeys } from './keys.js';
import { script, type RedisCalls } from './RedisCalls.js';
import { list, streamEntry, text, textOr } from './replies.js';

const changes = script('changes');

export class RedisFeed {
  public constructor(
    private readonly calls: RedisCalls,
    private readonly keys: RedisKeys,
  ) {}

  public async head(): Promise<EngineHead> {
    const { head } = this.keys;
    return toHead(await this.calls.command('read', head, ['HMGET', head, 'seq', 'id', 'at', 'lineage']));
  }

  public async changes(after: number, limit: number): Promise<Changes> {
    const { head, feed, documents } = this.keys;
    const reply = await this.calls.run('read', changes, [head, feed], [after, limit, documents]);
    const [headReply, entries, rows] = list(reply);
    return {
      head: toHead(headReply),
      entries: list(entries).map(toEntry),
      documents: list(rows).map((row) => {
        const [ns, key, raw] = list(row);
        return { ns: namespace(text(ns)), key: text(key), raw: textOr(raw, null) };
      }),
    };
  }

  public async refs(): Promise<readonly CommitRef[]> {
    const { feed } = this.keys;
    return list(await this.calls.command('read', feed, ['XRANGE', feed, '-', '+'])).map(toEntry);
  }
}

function toHead(reply: unknown): EngineHead {
  const [seq, id, at, lineage] = list(reply).map((field) => textOr(field, ''));
  return { seq: Number(seq), id: id ?? '', at: Number(at), lineage: lineage ?? '' };
}

function toEntry(reply: unknown): FeedEntry {
  const { id, fields } = streamEntry(reply);
  const keys = JSON.parse(fields.get('keys') ?? '[]') as [Namespace, string][];
  return {
    seq: Number.parseInt(id, 10),
    id: fields.get('id') ?? '',
    prev: fields.get('prev') ?? '',
    at: Number(fields.get('at')),
    keys,
  };
}

function namespace(name: string): Namespace {
  const found = namespaces.find((one) => one === name);
  if (found === undefined)
    throw new Damaged(`The feed in Redis names an unknown kind of document, "${name}".`);
  return found;
}
