/** The recovery room: snapshots, going back to one of them, and damaged documents. */
import { asJson } from '../alerts/noticeSchema.js';
import { recoveryAsked, recoveryRefused } from '../alerts/wording/recovery.js';
import { newId, type RandomBytes } from '../core/ids.js';
import type { Clock } from '../core/Clock.js';
import type { Actor } from '../flags/changes.js';
import { BadValue, NotNow } from '../flags/errors.js';
import { checkText } from '../flags/names.js';
import { listed } from '../flags/words.js';
import { SecondPersonNeeded } from '../rollouts/errors.js';
import type { Card } from '../alerts/Card.js';
import type { DocumentBody, Store, StoredDocument } from '../state/Store.js';
import { compare } from './compare/compare.js';
import type { Comparison, Side } from './compare/Comparison.js';
import { comparisonSummary } from './compare/lines.js';
import { sideOfSnapshot, sideOfState } from './compare/sides.js';
import type { Damage } from './damage/Damage.js';
import type { SetAside } from './damage/documents.js';
import { NothingAsked, OtherSnapshot } from './errors.js';
import { goBack, wayTo, type Way } from './goBack.js';
import { readRequest } from './readRequest.js';
import type {
  RecoverRequest,
  RecoveryOutcome,
  RecoveryProposal,
  RecoveryRequest,
  RecoveryRoom,
} from './RecoveryRoom.js';
import type { SnapshotReason } from './snapshots/names.js';
import type { SnapshotCheck, SnapshotEntry, TakenSnapshot } from './snapshots/SnapshotFolder.js';
import type { SnapshotKeeper } from './snapshots/SnapshotKeeper.js';
import { recoveryKey } from './whatGoesBack.js';
import { plain } from '../core/Json.js';

export interface RecoveryOptions {
  readonly store: Store;
  readonly keeper: SnapshotKeeper;
  readonly damage: Damage;
  readonly domainTime: Clock;
  readonly random: RandomBytes;
  /** Whether a second person is asked for. */
  readonly hasApprovers: boolean;
}

/** How long a commit may be under way, ms of the store's time. */
const withinMs = 1_500;

export class Recovery implements RecoveryRoom {
  public constructor(private readonly options: RecoveryOptions) {}

  public snapshots(): Promise<readonly SnapshotEntry[]> {
    return this.options.keeper.folder.list();
  }

  public take(why: SnapshotReason): Promise<TakenSnapshot> {
    return this.options.keeper.take(why);
  }

  public check(name: string): Promise<SnapshotCheck> {
    return this.options.keeper.folder.check(name);
  }

  public async compare(from: string, to: string): Promise<Comparison> {
    return compare(await this.side(from), await this.side(to));
  }

  public async propose(name: string): Promise<RecoveryProposal> {
    const { snapshot, sha256 } = await this.options.keeper.folder.read(name);
    const way = await wayTo(this.options.store, snapshot, name);
    return {
      ...{ snapshot: name, sha256, takenAt: snapshot.takenAt, comparison: way.comparison },
      obstacle: obstacleOf(way)?.message ?? null,
      needsSecondPerson: this.options.hasApprovers,
      notes: notesOf(way),
    };
  }

  public async recover(request: RecoverRequest): Promise<RecoveryOutcome> {
    const { hasApprovers, random, domainTime } = this.options;
    const { by, snapshot: name, sha256, isBreakGlass = false } = request;
    const reason = request.reason.trim();
    if (reason === '') {
      throw new BadValue('Going back to a snapshot needs a reason.', { next: 'Say in a sentence why.' });
    }
    checkText('The reason', reason);
    const way = await this.way(name, sha256);
    const id = newId(10, random);
    if (!hasApprovers || isBreakGlass) {
      return this.go(way, { id, snapshot: name, sha256, by, reason, at: domainTime.now() }, { isBreakGlass });
    }
    const asked = { id, snapshot: name, sha256, by, reason, at: domainTime.now() };
    const facts = { by, reason, snapshot: name, changes: comparisonSummary(way.comparison) };
    await this.write(asked, by, `Ask to go back to the snapshot ${name}`, recoveryAsked(facts, id));
    return { status: 'asked', request: asked };
  }

  public async pending(): Promise<RecoveryRequest | undefined> {
    return readRequest(await this.document(), this.options.domainTime.now());
  }

  public async agree(id: string, by: Actor): Promise<RecoveryOutcome> {
    const request = await this.asked(id);
    if (request.by.id === by.id) {
      throw new SecondPersonNeeded('Who asked for it cannot agree to it.', {
        next: 'Ask someone else who may approve.',
      });
    }
    const way = await this.way(request.snapshot, request.sha256);
    return this.go(way, request, { agreed: by });
  }

  public async refuse(id: string, by: Actor): Promise<void> {
    const { snapshot, ...request } = await this.asked(id);
    const card = recoveryRefused(by, { by: request.by, reason: request.reason, snapshot, changes: [] });
    await this.write(null, by, `Refuse to go back to the snapshot ${snapshot}`, card);
  }

  public damaged(): Promise<readonly SetAside[]> {
    return this.options.damage.open();
  }

  public putBack(id: string, by: Actor): Promise<SetAside> {
    return this.options.damage.putBack(id, by);
  }

  private async side(name: string): Promise<Side> {
    const { store, keeper } = this.options;
    if (name === 'now') return sideOfState(await store.load());
    return sideOfSnapshot((await keeper.folder.read(name)).snapshot, name);
  }

  /** @throws OtherSnapshot, NotNow */
  private async way(name: string, sha256: string): Promise<Way> {
    const found = await this.options.keeper.folder.read(name);
    if (found.sha256 !== sha256) throw new OtherSnapshot(name);
    const way = await wayTo(this.options.store, found.snapshot, name);
    refuseHalfDone(way);
    return way;
  }

  private go(
    way: Way,
    { id, snapshot: name, sha256, by, reason }: RecoveryRequest,
    more: { readonly agreed?: Actor; readonly isBreakGlass?: boolean },
  ): Promise<RecoveryOutcome> {
    const { store, keeper } = this.options;
    const order = { op: `recover ${id}`, name, sha256, by, reason, ...more };
    return goBack(store, way, order, async () => (await keeper.take('restore')).name, refuseHalfDone);
  }

  private async asked(id: string): Promise<RecoveryRequest> {
    const request = await this.pending();
    if (request?.id !== id) throw new NothingAsked();
    return request;
  }

  private async document(): Promise<StoredDocument | null> {
    return (await this.options.store.getMany('settings', [recoveryKey]))[0] ?? null;
  }

  private async write(request: RecoveryRequest | null, by: Actor, title: string, card: Card): Promise<void> {
    const { store, random } = this.options;
    const next = { schema: 1, request: plain(request) } satisfies DocumentBody;
    const expect = (await this.document())?.v ?? 0;
    await store.commit({
      op: newId(20, random),
      notAfter: (await store.time()) + withinMs,
      changes: [{ ns: 'settings', key: recoveryKey, expect, next }],
      audit: [{ kind: 'recovery', title, by: { id: by.id, name: by.name } }],
      outbox: [asJson({ kind: 'recovery', to: 'operations', card })],
    });
  }
}

/** @throws NotNow */
function refuseHalfDone(way: Way): void {
  const obstacle = obstacleOf(way);
  if (obstacle !== undefined) throw obstacle;
}

function obstacleOf({ rollingBack }: Way): NotNow | undefined {
  if (rollingBack.length === 0) return undefined;
  return new NotNow(
    `A rollback of ${listed(rollingBack)} is under way; going back now would leave it half done.`,
    {
      next: 'Wait until it is done, or make it immediate, and ask again.',
    },
  );
}

function notesOf({ snapshot, isSameState, comparison, staysOff, letGo }: Way): readonly string[] {
  const lost = snapshot.damaged.length;
  return [
    ...(comparison.kinds.length === 0 ? ['Nothing would change: everything is as it was then.'] : []),
    ...(staysOff
      ? [
          'Everything is off, and stays off, whatever the snapshot says: /feature unkill everything:True turns it on again.',
        ]
      : []),
    ...(letGo.length === 0
      ? []
      : [`Killed now, and no longer killed then: ${listed(letGo)}. Look why before you go back.`]),
    ...(isSameState
      ? ['Audit, notices, rollbacks and the active release stay as they are.']
      : ['It was taken of another state: its audit comes with it, and takes the place of the one here.']),
    ...(lost === 0 ? [] : [`${lost} of its documents were damaged when it was taken, and would be absent.`]),
  ];
}
