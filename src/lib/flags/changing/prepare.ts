/** From a request to everything that is known before committing it: the plan, its words, its reach, and what it rests on. */
import { isDeepStrictEqual } from 'node:util';
import { Damaged } from '../../state/errors.js';
import type { Store } from '../../state/Store.js';
import { blastRadius, type Judged, type Reach, touchedFlags } from '../blastRadius.js';
import type { FlagChange } from '../changes.js';
import { Frozen, StaleUndo, UnknownEntry } from '../errors.js';
import type { ChangeRequest } from '../FlagsRoom.js';
import type { FlagsReplica } from '../FlagsReplica.js';
import type { GuildDirectory } from '../directory/GuildDirectory.js';
import { overlay } from '../overlay.js';
import { differences } from '../planning/differences.js';
import { type FieldChange, fieldChanges } from '../planning/fields.js';
import type { Plan, Planning, Write } from '../planning/Plan.js';
import { planChange } from '../planning/planChange.js';
import { checkRollouts } from '../planning/rollout.js';
import { withDependants, withRequirements } from '../planning/requirements.js';
import { movedSince, planUndo } from '../planning/undo.js';
import type { Proposal } from '../results.js';
import { freezeAt, switchKey, version, type World } from '../world.js';
import { readAuditBody } from './AuditBody.js';
import { whatMoved } from './meanwhile.js';

export interface Prepared {
  readonly proposal: Proposal;
  readonly fields: readonly FieldChange[];
  /** Only those that change something. */
  readonly writes: readonly Write[];
  readonly flags: readonly string[];
  readonly after: World;
  /** Made in spite of a freeze. */
  readonly overridesFreeze: boolean;
}

export interface PrepareOptions {
  readonly store: Pick<Store, 'audit' | 'getMany'>;
  readonly replica: FlagsReplica;
  readonly directory: GuildDirectory;
  readonly before: Judged;
  readonly judge: (world: World, fields: readonly FieldChange[]) => Judged;
  readonly pause: () => Promise<void>;
}

const patientRounds = 4;

/** Of a change that can turn nothing newly on, or whose maker has counted for itself. */
const nobody: Reach = {
  blast: { guilds: 0, members: 0, outOf: 0, guildsOff: 0, byFlag: [] },
  needsConfirmation: false,
};

/** A guild's decisions about itself: nobody else is reached, and there is nothing to confirm. */
const ownChoices: ReadonlySet<FlagChange['do']> = new Set([
  'beta-join',
  'beta-leave',
  'keep-off',
  'keep-off-end',
]);

/**
 * Throws every refusal of the room, and Damaged.
 *
 * @param now domain time
 * @param isCounted false: nobody is counted, so that a million guilds hold nothing up
 */
export async function prepare(
  options: PrepareOptions,
  request: ChangeRequest,
  now: number,
  isCounted = true,
): Promise<Prepared> {
  for (let round = 1; ; round++) {
    const { generation } = options.replica;
    // A world that never rests is counted in one breath in the end.
    const pause = round < patientRounds ? options.pause : () => Promise.resolve();
    const prepared = await prepareOnce({ ...options, pause }, request, now, isCounted);
    // The guilds were counted while others worked: where a document moved meanwhile, the count is of two worlds.
    if (options.replica.generation === generation) return prepared;
  }
}

async function prepareOnce(
  { store, replica, directory, before, judge, pause }: PrepareOptions,
  request: ChangeRequest,
  now: number,
  isCounted: boolean,
): Promise<Prepared> {
  const { change, by, reason } = request;
  checkReadable(replica, change);
  const planning: Planning = { world: replica, guilds: directory, by, reason, now };
  const plan =
    change.do === 'undo' ? await undo(store, planning, replica, change.entry) : planChange(planning, change);
  const fields = fieldChanges(replica, plan.writes);
  checkRollouts(replica, change, fields);
  const writes = plan.writes.filter(({ ns, key }) =>
    fields.some((field) => field.ns === ns && field.key === key),
  );
  const after = overlay(replica, writes);
  const { blast, needsConfirmation } = isCounted
    ? await blastRadius(before, judge(after, fields), fields, directory.all, pause)
    : nobody;
  const touched = touchedFlags([replica, after], fields);
  const freeze = blast.guilds > 0 ? freezeAt(replica.freeze, now) : undefined;
  if (freeze !== undefined && !(request.overridesFreeze === true && reason !== undefined)) {
    throw new Frozen(freeze, blast.guilds);
  }
  return {
    proposal: {
      change,
      by,
      reason,
      title: plan.title,
      differences: differences(fields, planning),
      blast,
      needsConfirmation: needsConfirmation && !ownChoices.has(change.do),
      notes:
        freeze === undefined
          ? plan.notes
          : [...plan.notes, `In spite of the freeze by ${freeze.name} (${freeze.reason}).`],
      basis: basisOf([replica, after], writes, touched),
    },
    fields,
    writes,
    flags: [...touched],
    after,
    overridesFreeze: freeze !== undefined,
  };
}

/** What the person who confirms has seen rests on these. */
function basisOf(
  worlds: readonly [World, World],
  writes: readonly Write[],
  touched: ReadonlySet<string>,
): Proposal['basis'] {
  const [now] = worlds;
  const flags = withRequirements(now, withDependants(worlds, touched));
  const places = new Map<string, { readonly ns: Write['ns']; readonly key: string }>([
    [`settings:${switchKey}`, { ns: 'settings', key: switchKey }],
    ...[...flags].map((key) => [`flags:${key}`, { ns: 'flags', key }] as const),
    ...writes.map(({ ns, key }) => [`${ns}:${key}`, { ns, key }] as const),
  ]);
  return [...places.values()].map(({ ns, key }) => ({ ns, key, v: version(now, ns, key) }));
}

/** The places of the basis that are no longer as they were. */
export function movedBasis(seen: Proposal, now: Proposal): Proposal['basis'] {
  if (!isDeepStrictEqual(seen.change, now.change)) return seen.basis;
  const versions = new Map(now.basis.map(({ ns, key, v }) => [`${ns}:${key}`, v]));
  return seen.basis.filter(({ ns, key, v }) => versions.get(`${ns}:${key}`) !== v);
}

async function undo(
  store: Pick<Store, 'audit' | 'getMany'>,
  planning: Planning,
  replica: FlagsReplica,
  id: string,
): Promise<Plan> {
  const entry = await store.audit.get(id);
  const body = entry === undefined ? undefined : readAuditBody(entry.body);
  if (entry === undefined || body === undefined) throw new UnknownEntry(id);
  for (const { ns, key } of body.fields) {
    // Another process made the change a moment ago, and the feed has not brought it here yet.
    if (version(replica, ns, key) >= entry.seq) continue;
    const [document = null] = await store.getMany(ns, [key]);
    replica.adopt(ns, key, document, entry.seq);
  }
  const moved = movedSince(replica, body.fields);
  if (moved.length > 0) throw new StaleUndo(await whatMoved(store, entry.seq, moved));
  return planUndo(planning, body.title, body.fields);
}

/** Refuses to touch what could not be read: it is left for a person to mend. */
function checkReadable(replica: FlagsReplica, change: FlagChange): void {
  const places = [
    ...('flag' in change ? [['flags', change.flag] as const] : []),
    ...('guild' in change ? [['guilds', change.guild] as const] : []),
    ...('cohort' in change ? [['cohorts', change.cohort] as const] : []),
    ...(change.do === 'kill-all' || change.do === 'unkill-all' ? [['settings', switchKey] as const] : []),
  ];
  for (const [ns, key] of places) {
    const damage = replica.damage(ns, key);
    if (damage === undefined) continue;
    throw new Damaged(
      `The document ${ns}:${key} in the state store is damaged (${damage.problem}), so it is left alone.`,
      {
        next: 'Restore a snapshot (npx rollouts restore) or mend it by hand.',
      },
    );
  }
}
