/** Writes what was decided: the rollout, its evidence, what the flag serves, the audit and the notices go in together or not at all. */
import { newId, type RandomBytes } from '../../core/ids.js';
import type { Json } from '../../core/Json.js';
import type { Actor, RolloutServing } from '../../flags/changes.js';
import type { FlagsService } from '../../flags/FlagsService.js';
import { asJson } from '../../alerts/noticeSchema.js';
import { Conflict } from '../../state/errors.js';
import type { Commit, CommitReceipt, DocumentBody, DocumentChange, Fence, Store } from '../../state/Store.js';
import type { Change } from '../change.js';
import type { EvidenceDocument, RolloutDocument, TickSummary } from '../documents.js';
import { dayOfUnit, evidenceKey, ticksKey } from '../keys.js';
import type { RolloutsReplica } from '../RolloutsReplica.js';
import { answeredWithinMs, type Sent } from '../../state/committing/Sent.js';

export interface CommitsOptions {
  readonly store: Store;
  readonly flags: FlagsService;
  readonly replica: RolloutsReplica;
  readonly random: RandomBytes;
}

export interface Writing {
  /** As it stands in the store; undefined where it is new. */
  readonly before: RolloutDocument | undefined;
  readonly change: Change;
  /** Undefined: as it is. */
  readonly evidence?: EvidenceDocument | undefined;
  readonly ticks?: readonly TickSummary[];
  readonly by: Actor;
  readonly reason?: string | undefined;
  /** One line for the audit; undefined where nobody would look for it: units that were taken in. */
  readonly title?: string | undefined;
  readonly overridesFreeze?: boolean | undefined;
  readonly fence?: Fence;
  /** Of other documents, into the same commit. */
  readonly beside?: readonly DocumentChange[] | undefined;
}

/** A change that goes in with another room's documents, or not at all. */
export interface RolloutPart extends Pick<Commit, 'changes' | 'audit'> {
  readonly document: RolloutDocument;
  /** Undefined: the flag stays as it is. */
  readonly serves: RolloutServing | undefined;
  /** To be called once it is in. */
  landed(receipt: CommitReceipt): void;
}

export class RolloutCommits {
  public constructor(private readonly options: CommitsOptions) {}

  /**
   * @param sending told of the operation before it is sent
   * @throws Conflict (what is known here is brought up to date first), Fenced, Unavailable, Frozen
   */
  public async write(
    writing: Writing,
    sending: (sent: Sent) => void = () => undefined,
  ): Promise<RolloutDocument> {
    const { store, flags, replica, random } = this.options;
    const { change, by, reason, fence } = writing;
    const part =
      change.serves === undefined || flags.world.flags.get(change.document.flag) === undefined
        ? undefined
        : await flags.part({
            change: { do: 'rollout', flag: change.document.flag, serves: change.serves },
            by,
            ...(reason !== undefined && { reason }),
            ...(writing.overridesFreeze === true && { overridesFreeze: true }),
          });
    const own = this.documents(writing);
    const op = newId(20, random);
    const notAfter = (await store.time()) + answeredWithinMs;
    sending({ op, notAfter });
    try {
      const receipt = await store.commit({
        op,
        notAfter,
        ...(fence !== undefined && { fence }),
        changes: [...(writing.beside ?? []), ...own, ...(part?.changes ?? [])],
        audit: [
          ...(part === undefined || part.proposal.differences.length === 0 ? [] : part.audit),
          ...auditOf(writing),
        ],
        outbox: [...change.notices.map(asJson), ...(part?.outbox ?? [])],
      });
      part?.landed(receipt);
      return this.landed(writing, own, receipt);
    } catch (error) {
      if (error instanceof Conflict) {
        replica.adopt(error.ns, error.key, error.current, error.current?.v ?? Number.MAX_SAFE_INTEGER);
        flags.saw(error);
      }
      throw error;
    }
  }

  /** For a room that commits something of its own together with the change, the flag's part included. */
  public part(writing: Writing): RolloutPart {
    const changes = this.documents(writing);
    return {
      changes,
      audit: auditOf(writing),
      document: writing.change.document,
      serves: writing.change.serves,
      landed: (receipt) => void this.landed(writing, changes, receipt),
    };
  }

  private documents({ before, change, evidence, ticks = [] }: Writing): DocumentChange[] {
    const { replica } = this.options;
    const { id } = change.document;
    const byDay = new Map<number, TickSummary[]>();
    for (const tick of ticks)
      byDay.set(dayOfUnit(tick.unit), [...(byDay.get(dayOfUnit(tick.unit)) ?? []), tick]);
    return [
      { ns: 'rollouts', key: id, expect: before?.v ?? 0, next: bodyOf(change.document) },
      ...(evidence === undefined
        ? []
        : [
            {
              ns: 'rollouts' as const,
              key: evidenceKey(id),
              expect: replica.evidence.get(id)?.v ?? 0,
              next: bodyOf(evidence),
            },
          ]),
      ...[...byDay].map(([day, more]): DocumentChange => {
        const known = replica.ticksOn(id, day);
        const all = [...(known?.ticks ?? []), ...more];
        return {
          ns: 'rollouts',
          key: ticksKey(id, day),
          expect: known?.v ?? 0,
          next: bodyOf({ schema: 1, id, ticks: all }),
        };
      }),
    ];
  }

  /** True here at once: whoever is told "done" may ask in the next breath. */
  private landed(
    { change }: Writing,
    own: readonly DocumentChange[],
    { seq }: CommitReceipt,
  ): RolloutDocument {
    for (const { ns, key, next } of own) {
      if (next !== undefined)
        this.options.replica.adopt(ns, key, next === null ? null : { ...next, v: seq }, seq);
    }
    return { ...change.document, v: seq };
  }
}

function auditOf({ change: { document }, by, reason, title }: Writing): readonly Json[] {
  if (title === undefined) return [];
  const { id, flag, state, step } = document;
  return [
    {
      kind: 'rollouts',
      rollout: id,
      flag,
      title,
      state,
      step,
      by: { id: by.id, name: by.name },
      ...(reason !== undefined && { reason }),
    },
  ];
}

/** As it is, without a copy: evidence is large, and the store leaves out what is undefined. */
function bodyOf(document: object): DocumentBody {
  const { v: _, ...body } = document as DocumentBody & { readonly v?: number };
  return body;
}
