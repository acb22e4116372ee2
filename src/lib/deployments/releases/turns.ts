/** Who answers when: pure functions of the document. Each makes the next document's body, without `v`. */
import type { Stamp } from '../../flags/documents.js';
import type { AnsweringTurn, Handover, ReleasesDocument } from './documents.js';

export type ReleasesBody = Omit<ReleasesDocument, 'v'>;

/** Far more than there can be in the 3 s in which an event may still come late. */
const mostTurns = 64;

/** Whose an event is. One function of time for every process and for all times, whatever came afterwards. */
export function ownerAt({ turns, active }: ReleasesDocument, at: number, shard?: string): string {
  let owner = turns.find((turn) => turn.shard === null)?.release ?? active.release;
  for (const turn of turns) {
    if (turn.since <= at && (turn.shard === null || turn.shard === shard)) owner = turn.release;
  }
  return owner;
}

/** The first start of all: there is nobody else, so it answers whatever comes. */
export function firstStart(release: string, now: number): ReleasesBody {
  return {
    schema: 1,
    active: { release, since: 0 },
    previous: null,
    turns: [{ release, since: 0, shard: null }],
    handover: null,
    known: { [release]: { firstSeen: now, rolledBack: null } },
  };
}

/** A handover is asked for. One that goes on to the same release keeps its id, so that acknowledgements stay good. */
export function asked(
  document: ReleasesDocument,
  handover: Handover,
  rolledBack: Stamp | undefined,
): ReleasesBody {
  const { active, known } = document;
  const kept = document.handover?.to === handover.to ? document.handover : handover;
  const before = known[active.release] ?? { firstSeen: active.since, rolledBack: null };
  return {
    ...withoutVersion(document),
    handover: kept,
    known:
      rolledBack === undefined || active.release === handover.to
        ? known
        : { ...known, [active.release]: { ...before, rolledBack } },
  };
}

/**
 * The moment is set: from `since` on it is the handover's release.
 *
 * @param isForgiven it counts as rolled back no more: whoever asked for it has looked at why it was
 */
export function changedOver(
  document: ReleasesDocument,
  handover: Handover,
  since: number,
  isForgiven: boolean,
): ReleasesBody {
  const { to: release } = handover;
  const { firstSeen = since, rolledBack = null } = document.known[release] ?? {};
  return {
    ...withoutVersion(document),
    active: { release, since },
    previous: document.active.release,
    turns: withTurns(document, [{ release, since, shard: null }]),
    handover: null,
    known: { ...document.known, [release]: { firstSeen, rolledBack: isForgiven ? null : rolledBack } },
  };
}

/** The handover is taken back, and nothing has changed; `rolledBack`: nor will its release ask for another by itself. */
export function withdrawn(document: ReleasesDocument, rolledBack?: Stamp): ReleasesBody {
  const { handover, known } = document;
  const marked =
    rolledBack === undefined || handover === null
      ? {}
      : { [handover.to]: { firstSeen: known[handover.to]?.firstSeen ?? handover.since, rolledBack } };
  return { ...withoutVersion(document), handover: null, known: { ...known, ...marked } };
}

/** Single shards change hands. */
export function stoodIn(document: ReleasesDocument, turns: readonly AnsweringTurn[]): ReleasesBody {
  return { ...withoutVersion(document), turns: withTurns(document, turns) };
}

/** Was it rolled back, and not asked for by anybody since? */
export function isRolledBack({ known }: Pick<ReleasesDocument, 'known'>, release: string): boolean {
  return (known[release]?.rolledBack ?? null) !== null;
}

/** The earliest moment that may be given to a new turn, since turns never overlap. */
export function earliest({ turns }: ReleasesDocument): number {
  return Math.max(0, ...turns.map(({ since }) => since)) + 1;
}

function withTurns(document: ReleasesDocument, added: readonly AnsweringTurn[]): readonly AnsweringTurn[] {
  const newest = [...document.turns, ...added].slice(-mostTurns);
  const isSaid = newest.some(({ shard }) => shard === null);
  return isSaid ? newest : [{ ...document.active, shard: null }, ...newest.slice(1)];
}

function withoutVersion({ v: _, ...body }: ReleasesDocument): ReleasesBody {
  return body;
}
