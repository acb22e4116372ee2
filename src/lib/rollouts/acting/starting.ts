/** What has to be right before a rollout starts, and how it begins. */
import { newId, type RandomBytes } from '../../core/ids.js';
import type { FlagsService } from '../../flags/FlagsService.js';
import { Frozen, InRollout, NotNow } from '../../flags/errors.js';
import type { FlagDocument } from '../../flags/documents.js';
import { checkText } from '../../flags/names.js';
import { listed, percent } from '../../flags/words.js';
import { freezeAt } from '../../flags/world.js';
import { type Change, telling, unchanged } from '../change.js';
import { nothingSeen } from '../moment.js';
import type { RolloutDocument } from '../documents.js';
import { UnknownTargets } from '../errors.js';
import type { Plan } from '../plans/Plan.js';
import type { StartProposal, StartRequest } from '../RolloutsRoom.js';
import { servedBasisPoints, targetsUpTo } from '../serving.js';
import { span } from '../../core/span.js';
import { resolveTargets } from '../targets.js';
import { reachOf } from '../stepReach.js';

export interface Starting {
  readonly flags: FlagsService;
  readonly random: RandomBytes;
  readonly now: number;
  readonly hasApprovers: boolean;
}

/** The rollout as it would begin. @throws what stands against it */
export function drafted(
  request: StartRequest,
  plan: Plan,
  { flags, random, now }: Starting,
): RolloutDocument {
  const flag = flags.flag(request.flag);
  checkFlag(flags, flag);
  if (request.reason !== undefined) checkText('The reason', request.reason);
  for (const id of request.guilds ?? []) flags.resolveGuild(id);
  const targets = resolveTargets(flags, plan, request.guilds);
  if (targets.unknown.length > 0 && request.guilds === undefined)
    throw new UnknownTargets(plan.name, targets.unknown);
  const { by, reason } = request;
  const freeze = freezeAt(flags.freeze, now);
  const created = { by: by.id, name: by.name, at: now, ...(reason !== undefined && { reason }) };
  return {
    v: 0,
    schema: 1,
    id: newId(8, random),
    flag: flag.key,
    plan,
    state: 'draft',
    revision: 1,
    created,
    updated: created,
    startAt: request.startAt ?? null,
    ...(freeze !== undefined && request.overridesFreeze === true && { startsInSpiteOf: freeze.at }),
    step: 0,
    stepsBegan: [],
    stepBeganJudgedMs: 0,
    stoppedJudgedMs: null,
    targets: targets.byStep,
    before: { enabled: flag.enabled, basisPoints: flag.basisPoints },
    served: null,
    pause: null,
    obstacle: null,
    approval: null,
    verdict: null,
    progress: nothingSeen,
    taken: [],
    ticks: 0,
    gapsSeen: 0,
    asked: false,
    resumedAt: null,
    told: [],
    news: [],
    newsCount: 0,
    acknowledged: null,
    ended: null,
  };
}

/** The flag is its rollout's from now on; nothing is served yet. */
export function begun(document: RolloutDocument): Change {
  const { flag, plan, created, id } = document;
  return {
    ...unchanged(
      telling(
        document,
        created.at,
        'info',
        `${created.name} asked for this rollout, with the plan ${plan.name}.`,
      ),
    ),
    serves: { title: `Start a rollout of ${flag}`, rollout: { id, targets: [] } },
  };
}

/** What a person is shown before they say yes. */
export async function proposalOf(
  document: RolloutDocument,
  request: StartRequest,
  starting: Starting,
): Promise<StartProposal> {
  const { flags, now } = starting;
  const { plan } = document;
  const flag = flags.flag(document.flag);
  const freeze = freezeAt(flags.freeze, now);
  const serves = {
    title: '',
    rollout: { id: document.id, targets: targetsUpTo(document, 0) },
    enabled: true,
    basisPoints: servedBasisPoints(document, 0),
  };
  const {
    proposal: first,
    needsConfirmation,
    secondPerson: why,
  } = await reachOf(starting, document, 0, serves, request.by);
  const total = plan.steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const unused = unusedGuilds(flags, plan, request);
  if (freeze !== undefined && first.blast.guilds > 0 && request.overridesFreeze !== true) {
    throw new Frozen(freeze, first.blast.guilds);
  }
  return {
    flag: flag.key,
    plan,
    title: `Roll out ${flag.key} with the plan ${plan.name}: ${plan.steps.length} steps in ${span(total)} at least`,
    blast: first.blast,
    needsConfirmation: needsConfirmation || unused.length > 0,
    approvals: why === null ? [] : [{ step: plan.steps[0]?.name ?? '', why }],
    notes: [
      ...first.notes,
      ...unused,
      ...(flag.enabled && flag.basisPoints > 0
        ? [`It is on for ${percent(flag.basisPoints)} already; nobody loses it.`]
        : []),
      ...(flag.enabled ? [] : ['It is disabled now; its first step enables it.']),
    ],
    flagVersion: flag.v,
  };
}

/** Nobody should think that the guilds they named come first, where the plan's own do. */
function unusedGuilds(flags: FlagsService, plan: Plan, { guilds }: StartRequest): readonly string[] {
  if (guilds === undefined || resolveTargets(flags, plan, []).unknown.length > 0) return [];
  const targets = [...new Set(plan.steps.flatMap(({ targetGuilds }) => targetGuilds))];
  return [
    targets.length === 0
      ? 'The guilds that you named are not used: this plan chooses none, and goes by percentage alone.'
      : `The guilds that you named are not used: the plan names ${listed(targets)}, which ${targets.length === 1 ? 'is' : 'are'} known here. To choose others, make a cohort of that name with /cohort create.`,
  ];
}

function checkFlag(flags: FlagsService, flag: FlagDocument): void {
  const { key, requires } = flag;
  if (flag.rollout !== null) throw new InRollout(key, flag.rollout.id);
  if (flag.archived !== null) {
    throw new NotNow(`${key} is archived.`, { next: 'Bring it back with /feature restore first.' });
  }
  if (flag.killed !== null) {
    throw new NotNow(`${key} is killed, so a rollout would reach nobody.`, {
      next: 'Take back the kill with /feature unkill first.',
    });
  }
  if (flag.ceiling !== null) {
    throw new NotNow(`A gradual rollback of ${key} is in progress.`, {
      next: 'Start again when it is over.',
    });
  }
  if (flag.enabled && flag.basisPoints === 10_000) {
    throw new NotNow(`${key} is on for everyone already.`, { next: 'There is nothing left to roll out.' });
  }
  const missing = requires.filter((required) => !isComplete(flags.world.flags.get(required)));
  if (missing.length > 0) {
    throw new NotNow(
      `${key} requires ${listed(missing)}, which ${missing.length === 1 ? 'is' : 'are'} not on for everyone yet.`,
      {
        next: 'Complete what it requires first; then start this.',
      },
    );
  }
}

/** On for everyone, with no rollout left to end. */
function isComplete(flag: FlagDocument | undefined): boolean {
  return (
    flag !== undefined &&
    flag.archived === null &&
    flag.killed === null &&
    flag.enabled &&
    flag.basisPoints === 10_000 &&
    flag.rollout === null
  );
}
