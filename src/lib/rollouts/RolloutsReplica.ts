/** This process's copy of the room's documents, kept up to date by the store's change feed. */
import type { DamagedDocument } from '../flags/FlagsRoom.js';
import type { Clock } from '../core/Clock.js';
import type { FeedCommit, Follower, LoadedState, Namespace, StoredDocument } from '../state/Store.js';
import type {
  EvidenceDocument,
  JudgedTimeDocument,
  RolloutDocument,
  TicksDocument,
  TickSummary,
} from './documents.js';
import { readKey } from './keys.js';
import { type Read, readEvidence, readJudgedTime, readRollout, readTicks } from './schemas.js';
import { isOver } from './transitions.js';

export const judgedTimeKey = 'judged-time';

export class RolloutsReplica implements Follower {
  public readonly rollouts = new Map<string, RolloutDocument>();
  public readonly evidence = new Map<string, EvidenceDocument>();
  public judgedTime: JudgedTimeDocument | undefined;
  private readonly ticks = new Map<string, Map<number, TicksDocument>>();
  private readonly problems = new Map<string, DamagedDocument>();
  /** Real time. */
  private awaySince: number | undefined;
  private wasAway = false;

  /** @param moved told of every rollout that changed, after it did */
  public constructor(
    private readonly realTime: Clock,
    private readonly moved: (document: RolloutDocument) => void,
  ) {}

  public commits(commits: readonly FeedCommit[]): void {
    for (const { documents, seq } of commits) {
      for (const { ns, key, document } of documents) this.adopt(ns, key, document, seq);
    }
  }

  public reload(state: LoadedState): void {
    this.rollouts.clear();
    this.evidence.clear();
    this.ticks.clear();
    this.problems.clear();
    this.judgedTime = undefined;
    for (const ns of ['rollouts', 'settings'] as const) {
      for (const [key, document] of state.documents[ns]) this.adopt(ns, key, document, state.head.seq);
    }
  }

  public reachable(isReachable: boolean): void {
    if (isReachable) {
      if (this.awaySince !== undefined) this.wasAway = true;
      this.awaySince = undefined;
    } else this.awaySince ??= this.realTime.now();
  }

  /** Whether the store was away since this was last asked. */
  public takeAbsence(): boolean {
    const was = this.wasAway || this.awaySince !== undefined;
    this.wasAway = false;
    return was;
  }

  public get open(): readonly RolloutDocument[] {
    return [...this.rollouts.values()].filter(({ state }) => !isOver(state));
  }

  public get damaged(): readonly DamagedDocument[] {
    return [...this.problems.values()];
  }

  /** All ticks of a rollout, oldest first. */
  public ticksOf(id: string): readonly TickSummary[] {
    const days = [...(this.ticks.get(id) ?? [])].sort(([a], [b]) => a - b);
    return days.flatMap(([, { ticks }]) => ticks);
  }

  public ticksOn(id: string, day: number): TicksDocument | undefined {
    return this.ticks.get(id)?.get(day);
  }

  public daysOf(id: string): readonly number[] {
    return [...(this.ticks.get(id)?.keys() ?? [])];
  }

  /** What is older than what stands here already is passed over. */
  public adopt(ns: Namespace, key: string, document: StoredDocument | null, seq: number): void {
    if (ns === 'settings' && key === judgedTimeKey) {
      const read = this.read(ns, key, document, readJudgedTime);
      if (isNewer(this.judgedTime, document, seq)) this.judgedTime = read;
    }
    const named = ns === 'rollouts' ? readKey(key) : undefined;
    if (named === undefined) return;
    const { id } = named;
    if (named.kind === 'rollout') {
      if (!isNewer(this.rollouts.get(id), document, seq)) return;
      const read = this.read(ns, key, document, readRollout);
      place(this.rollouts, id, read, document);
      if (read !== undefined) this.moved(read);
    } else if (named.kind === 'evidence') {
      if (!isNewer(this.evidence.get(id), document, seq)) return;
      place(this.evidence, id, this.read(ns, key, document, readEvidence), document);
    } else {
      const days = this.ticks.get(id) ?? new Map<number, TicksDocument>();
      this.ticks.set(id, days);
      if (!isNewer(days.get(named.day), document, seq)) return;
      place(days, named.day, this.read(ns, key, document, readTicks), document);
    }
  }

  private read<Document>(
    ns: Namespace,
    key: string,
    document: StoredDocument | null,
    reader: (document: StoredDocument) => Read<Document>,
  ): Document | undefined {
    const name = `${ns}:${key}`;
    this.problems.delete(name);
    if (document === null) return undefined;
    const read = reader(document);
    if ('document' in read) return read.document;
    this.problems.set(name, { ns, key, problem: read.problem });
    return undefined;
  }
}

function isNewer(
  known: { readonly v: number } | undefined,
  document: StoredDocument | null,
  seq: number,
): boolean {
  return known === undefined || known.v < (document?.v ?? seq);
}

/** A document that was damaged while this process runs keeps its last good value here. */
function place<Key, Document>(
  into: Map<Key, Document>,
  key: Key,
  read: Document | undefined,
  stored: StoredDocument | null,
): void {
  if (read !== undefined) into.set(key, read);
  else if (stored === null) into.delete(key);
}
