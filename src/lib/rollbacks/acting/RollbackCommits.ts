/** Writes what was decided: the rollback, flags, rollouts, the audit and the notices go in together or not at all. */
import type { Notice } from '../../alerts/Card.js';
import { asJson } from '../../alerts/noticeSchema.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import type { Json } from '../../core/Json.js';
import type { Actor } from '../../flags/changes.js';
import { Conflict } from '../../state/errors.js';
import type { Fence, Store } from '../../state/Store.js';
import type { RollbackDocument } from '../documents.js';
import type { RollbacksReplica } from '../RollbacksReplica.js';
import type { FlagsForRollbacks, Parts, RolloutsForRollbacks } from './TakingBack.js';
import { bodyOf } from '../../state/committing/bodyOf.js';
import { answeredWithinMs, type Sent } from '../../state/committing/Sent.js';

export interface CommitsOptions {
  readonly store: Pick<Store, 'commit'>;
  readonly flags: FlagsForRollbacks;
  readonly rollouts: RolloutsForRollbacks;
  readonly replica: RollbacksReplica;
  readonly random: RandomBytes;
}

export interface Writing {
  /** As it stands in the store; undefined where it is new. */
  readonly before: RollbackDocument | undefined;
  readonly document: RollbackDocument;
  readonly parts?: Parts;
  readonly notices?: readonly Notice[];
  readonly by: Actor;
  readonly reason?: string | undefined;
  /** One line for the audit; undefined where nobody would look for it: how far a step is. */
  readonly title?: string | undefined;
  /** More for the audit. */
  readonly facts?: Readonly<Record<string, Json>>;
  readonly fence?: Fence;
}

const nothing: Parts = { flags: [], rollouts: [] };

export class RollbackCommits {
  public constructor(private readonly options: CommitsOptions) {}

  /**
   * @param sending told of the operation before it is sent
   * @throws Conflict (what is known here is brought up to date first), Fenced, Unavailable
   */
  public async write(
    writing: Writing,
    sending: (sent: Sent) => void = () => undefined,
  ): Promise<RollbackDocument> {
    const { store, flags, rollouts, replica, random } = this.options;
    const { before, document, parts = nothing, notices = [], fence } = writing;
    const op = newId(20, random);
    const notAfter = (await flags.storeTime()) + answeredWithinMs;
    const next = bodyOf(document);
    sending({ op, notAfter });
    try {
      const receipt = await store.commit({
        op,
        notAfter,
        ...(fence !== undefined && { fence }),
        // The rollback itself comes first: who meant the same moment is to learn of it, and not of a flag that moved.
        changes: [
          { ns: 'rollbacks', key: document.id, expect: before?.v ?? 0, next },
          ...parts.rollouts.flatMap(({ changes }) => changes),
          ...parts.flags.flatMap(({ changes }) => changes),
        ],
        audit: [
          ...auditOf(writing),
          ...parts.flags
            .filter(({ proposal }) => proposal.differences.length > 0)
            .flatMap(({ audit }) => audit),
          ...parts.rollouts.flatMap(({ audit }) => audit),
        ],
        outbox: [...notices.map(asJson), ...parts.flags.flatMap(({ outbox }) => outbox)],
      });
      for (const part of [...parts.flags, ...parts.rollouts]) part.landed(receipt);
      // True here at once: whoever is told "done" may ask in the next breath.
      replica.adopt('rollbacks', document.id, { ...next, v: receipt.seq }, receipt.seq);
      return { ...document, v: receipt.seq };
    } catch (error) {
      if (error instanceof Conflict) {
        replica.adopt(error.ns, error.key, error.current, error.current?.v ?? Number.MAX_SAFE_INTEGER);
        flags.saw(error);
        if (error.ns === 'rollouts') rollouts.saw(error);
      }
      throw error;
    }
  }
}

function auditOf({ document, by, reason, title, facts }: Writing): readonly Json[] {
  if (title === undefined) return [];
  const { id, flag, kind, state } = document;
  return [
    {
      kind: 'rollbacks',
      rollback: id,
      rollbackKind: kind,
      flag,
      title,
      state,
      by: { id: by.id, name: by.name },
      ...(reason !== undefined && { reason }),
      ...facts,
    },
  ];
}
