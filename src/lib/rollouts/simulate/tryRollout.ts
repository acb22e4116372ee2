/** One rollout, tried out on replayed days. */
import { decide } from '../../health/judging/decide.js';
import type { Tick } from '../../health/judging/ticks.js';
import { unitMs } from '../../health/judging/units.js';
import { decisionDefaults, type DecisionSettings, type PhaseProgress } from '../../health/judging/verdict.js';
import type { Plan, PlanGuard } from '../plans/Plan.js';
import { servedBasisPoints } from '../serving.js';
import { Arms } from './Arms.js';
import type { Harm } from './Harm.js';
import type { Random } from './Random.js';
import { unitsADay, type Traffic } from './Traffic.js';
import { TryGuards } from './TryGuards.js';
import type { UsualDays } from './usual.js';

export interface TryOptions {
  readonly plan: Plan;
  readonly traffic: Traffic;
  readonly usualDays: UsualDays;
  readonly guards: readonly PlanGuard[];
  readonly harm: Harm | null;
  readonly random: Random;
}

export interface TriedStep {
  /** Guilds with the feature that were active in it. */
  readonly activeGuilds: number;
  readonly harmedGuilds: number;
  /** Its time was over, and it had not seen enough. */
  readonly wasHeld: boolean;
}

export interface TriedRollout {
  readonly alarm: {
    readonly guard: PlanGuard;
    readonly step: number;
    /** Since the first compared step began. */
    readonly hours: number;
  } | null;
  /** Up to the one in which a guard alarmed. */
  readonly steps: readonly TriedStep[];
  /** How many units it took. */
  readonly units: number;
  /** One a unit, for the interval; empty where there was harm, since nobody asks for it there. */
  readonly errorTicks: readonly Tick[];
  /** Units with which processes began. */
  readonly startsAt: readonly number[];
}

/** Offsets are frozen from so many days. */
const frozenDays = 7;

const nothing: Tick = { canary: { bad: 0, exposure: 0 }, control: { bad: 0, exposure: 0 } };

/**
 * A bootstrap of whole days (Künsch, Ann. Stat. 1989): the recorded days stand for all days there could be, and both the week
 * from which the offsets are frozen and the days of the rollout are drawn from them. Guilds are shared out among the arms anew.
 */
export function tryRollout(options: TryOptions): TriedRollout {
  const { plan, traffic, guards, random } = options;
  const anyDay = (): number => random.index(traffic.days.length);
  const usual = options.usualDays.over(Array.from({ length: frozenDays }, anyDay));
  const arms = new Arms(traffic, usual, options.harm, guards, random);
  const judge = new TryGuards(guards, traffic.cuts.length);
  const settings = settingsOf(plan);
  const steps: TriedStep[] = [];
  const errorTicks: Tick[] = [];
  const keep = (tick: () => Tick): void => {
    if (options.harm === null) errorTicks.push(tick());
  };
  let units = 0;
  let compared = 0;
  let day = traffic.days[0]!;
  for (const [step, { durationMs }] of plan.steps.entries()) {
    const share = servedBasisPoints({ plan, before: noneBefore }, step) / 10_000;
    const isCompared = share > 0;
    const usualUnits = Math.ceil(durationMs / unitMs);
    let wasHeld = false;
    arms.enterStep();
    for (let unit = 0; unit < usualUnits * (isCompared ? 2 : 1); unit++) {
      if (unit >= usualUnits) {
        if (isEnough(arms, share, options, { elapsedMs: unit * unitMs, durationMs }, settings)) break;
        wasHeld = true;
      }
      const slot = units++ % unitsADay;
      if (slot === 0) day = traffic.days[anyDay()]!;
      if (!isCompared) {
        judge.passUnit();
        keep(() => nothing);
        continue;
      }
      compared++;
      arms.replay(day, slot, share);
      keep(() => arms.errorTick());
      const guard = judge.takeUnit((each) => arms.views(each));
      if (guard === null) continue;
      steps.push(triedStep(arms, wasHeld));
      const alarm = { guard, step, hours: (compared * unitMs) / 3_600_000 };
      return { alarm, steps, units, errorTicks, startsAt: judge.startsAt };
    }
    steps.push(triedStep(arms, wasHeld));
  }
  return { alarm: null, steps, units, errorTicks, startsAt: judge.startsAt };
}

const noneBefore = { enabled: false, basisPoints: 0 };

function triedStep({ activeGuilds, harmedGuilds }: Arms, wasHeld: boolean): TriedStep {
  return { activeGuilds, harmedGuilds, wasHeld };
}

function settingsOf({ minExposure, tolerance }: Plan): DecisionSettings {
  return { ...decisionDefaults, minGuilds: minExposure.guilds, minCommands: minExposure.commands, tolerance };
}

/** The judge's own rule for what a step has to see before it may be left. */
function isEnough(
  arms: Arms,
  share: number,
  { traffic }: TryOptions,
  time: Pick<PhaseProgress, 'elapsedMs' | 'durationMs'>,
  settings: DecisionSettings,
): boolean {
  const phase: PhaseProgress = {
    ...time,
    isCompared: true,
    isLast: false,
    activeCanaryGuilds: arms.activeGuilds,
    expectedCanaryGuilds: Math.round(traffic.guilds * share),
    judgedCommands: arms.runs,
    usualDailyCommands: traffic.runsPerDay * share,
    areProbesGreen: true,
  };
  const quiet = { comparisons: [], hardLimits: [], failedSmokeTests: [], sampleRatio: null, incident: null };
  return decide({ ...quiet, msSinceFlush: 0, phase }, settings).action === 'CONTINUE';
}
