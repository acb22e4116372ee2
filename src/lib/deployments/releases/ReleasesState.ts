/** Reads and writes `deployments:releases`; whatever it learns, this process's {@link Sight} learns. */
import { asJson } from '../../alerts/noticeSchema.js';
import type { Card } from '../../alerts/Card.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import { plain } from '../../core/Json.js';
import { Damaged } from '../../state/errors.js';
import type { Store } from '../../state/Store.js';
import { type ReleasesDocument, releasesKey } from './documents.js';
import { readReleases } from './schema.js';
import type { Sight } from './Sight.js';
import type { ReleasesBody } from './turns.js';
import { bodyOf } from '../../state/committing/bodyOf.js';

/** What is kept in the audit, and told to staff. */
export interface Said {
  readonly title: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly reason?: string;
  readonly card?: Card;
  readonly pingOnCall?: boolean;
}

const withinMs = 1_400;

export class ReleasesState {
  public constructor(
    private readonly options: {
      readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>;
      readonly sight: Sight;
      readonly random: RandomBytes | undefined;
    },
  ) {}

  /** The document as it stood at the store's time `now` or later. Throws Unavailable, Damaged. */
  public async look(): Promise<{ readonly now: number; readonly document: ReleasesDocument | undefined }> {
    const { store, sight } = this.options;
    const now = await store.time();
    const [stored = null] = await store.getMany('deployments', [releasesKey]);
    if (stored === null) {
      sight.saw(undefined, now);
      return { now, document: undefined };
    }
    const read = readReleases(stored);
    if ('problem' in read) {
      throw new Damaged(
        `Which release answers cannot be read (deployments:${releasesKey}): ${read.problem}.`,
        {
          next: 'Bring it back from a snapshot. Meanwhile every process goes by what it read last.',
        },
      );
    }
    sight.saw(read.document, now);
    return { now, document: read.document };
  }

  public time(): Promise<number> {
    return this.options.store.time();
  }

  /** Throws Conflict where somebody else was first, TooLate past `notAfter` (the store's time; soon unless given). */
  public async write(
    before: ReleasesDocument | undefined,
    next: ReleasesBody,
    { card, pingOnCall = false, ...said }: Said,
    notAfter?: number,
  ): Promise<ReleasesDocument> {
    const { store, sight, random } = this.options;
    const { seq, at } = await store.commit({
      op: newId(20, random),
      notAfter: notAfter ?? (await store.time()) + withinMs,
      changes: [
        {
          ns: 'deployments',
          key: releasesKey,
          expect: before?.v ?? 0,
          next: bodyOf(next),
        },
      ],
      audit: [plain({ kind: 'releases', ...said })],
      outbox: card === undefined ? [] : [asJson({ kind: 'releases', to: 'operations', card, pingOnCall })],
    });
    const document = { ...next, v: seq };
    sight.saw(document, at);
    return document;
  }
}
