/** Writes what was decided: deployments, the gate's result, the audit and the notices go in together or not at all. */
import type { Notice } from '../../alerts/Card.js';
import { asJson } from '../../alerts/noticeSchema.js';
import type { Clock } from '../../core/Clock.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import type { Json } from '../../core/Json.js';
import { StoreClock } from '../../state/committing/StoreClock.js';
import type { Actor } from '../../flags/changes.js';
import { Conflict, TooLate } from '../../state/errors.js';
import type { DocumentChange, Fence, Store } from '../../state/Store.js';
import type { DeploymentDocument } from '../documents.js';
import type { Move } from './Deciding.js';
import type { DeploymentsReplica } from './DeploymentsReplica.js';
import { bodyOf } from '../../state/committing/bodyOf.js';
import { answeredWithinMs, type Sent } from '../../state/committing/Sent.js';

export interface CommitsOptions {
  readonly store: Pick<Store, 'commit' | 'time'>;
  readonly replica: DeploymentsReplica;
  readonly realTime: Clock;
  readonly random: RandomBytes;
}

export interface Writing {
  readonly moves: readonly Move[];
  /** Must still be as it was known, though it stays as it is. */
  readonly holds?: DeploymentDocument | undefined;
  /** Documents beside deployments. */
  readonly beside?: readonly DocumentChange[];
  readonly notices?: readonly Notice[];
  readonly by: Actor;
  /** One line for the audit; undefined where nobody would look for it. */
  readonly title?: string | undefined;
  readonly reason?: string | undefined;
  /** The operation's own id, where the same may be asked for twice. */
  readonly op?: string | undefined;
  readonly fence?: Fence;
}

export interface Written {
  /** In the order of the moves. */
  readonly documents: readonly DeploymentDocument[];
  /** The same operation was written before, and nothing by this call. */
  readonly replayed: boolean;
}

export class DeploymentCommits {
  private readonly storeClock: StoreClock;

  public constructor(private readonly options: CommitsOptions) {
    this.storeClock = new StoreClock(options.store, options.realTime);
  }

  /**
   * @param sending told of the operation before it is sent
   * @throws Conflict (what is known here is brought up to date first), Fenced, Unavailable, TooLate
   */
  public async write(writing: Writing, sending: (sent: Sent) => void = () => undefined): Promise<Written> {
    const { store, replica, random } = this.options;
    const { moves, beside = [], notices = [], fence, op = newId(20, random) } = writing;
    const notAfter = (await this.storeClock.now()) + answeredWithinMs;
    const bodies = moves.map(({ before, document }) => ({ before, document, next: bodyOf(document) }));
    sending({ op, notAfter });
    try {
      const receipt = await store.commit({
        op,
        notAfter,
        ...(fence !== undefined && { fence }),
        changes: [
          ...bodies.map(({ before, document, next }) => ({
            ns: 'deployments' as const,
            key: document.id,
            expect: before?.v ?? 0,
            next,
          })),
          ...holding(writing),
          ...beside,
        ],
        audit: auditOf(writing),
        outbox: notices.map(asJson),
      });
      if (!receipt.replayed) {
        // True here at once: whoever is told "done" may ask in the next breath.
        for (const { document, next } of bodies) {
          replica.adopt('deployments', document.id, { ...next, v: receipt.seq }, receipt.seq);
        }
        for (const { ns, key, next } of beside) {
          const document = next === null || next === undefined ? null : { ...next, v: receipt.seq };
          replica.adopt(ns, key, document, receipt.seq);
        }
      }
      const documents = moves.map(({ document }) => ({ ...document, v: receipt.seq }));
      return { documents, replayed: receipt.replayed };
    } catch (error) {
      if (error instanceof Conflict) {
        const { ns, key, current } = error;
        replica.adopt(ns, key, current, current?.v ?? Number.MAX_SAFE_INTEGER);
      }
      // This machine's clock was set: the next attempt knows the store's again.
      if (error instanceof TooLate) await this.storeClock.measure();
      throw error;
    }
  }
}

function holding({ holds }: Writing): readonly DocumentChange[] {
  if (holds === undefined) return [];
  return [{ ns: 'deployments', key: holds.id, expect: holds.v, next: undefined }];
}

function auditOf({ moves: [move], by, title, reason }: Writing): readonly Json[] {
  if (title === undefined) return [];
  return [
    {
      kind: 'deployments',
      ...(move !== undefined && {
        deployment: move.document.id,
        version: move.document.version,
        environment: move.document.environment,
        state: move.document.state,
      }),
      title,
      by: { id: by.id, name: by.name },
      ...(reason !== undefined && { reason }),
    },
  ];
}
