/** The steps that bring the previous version of the bot back, by the driver that `deployments.yaml` names. */
import { setTimeout as passed } from 'node:timers/promises';
import { RolloutError } from '../../core/RolloutError.js';
import type { Driver } from '../../deployments/Driver.js';
import type { DriverReach, DriverSettings } from '../../deployments/file/DeploymentsFile.js';
import type { ReleasesDocument, ReleasesRoom } from '../../deployments/releases/documents.js';
import { isRolledBack } from '../../deployments/releases/turns.js';
import type { PresenceRoom } from '../../presence/PresenceRoom.js';
import type { RollbackDocument } from '../documents.js';
import type { Doing, StepWork } from '../work.js';
import { NoPreviousRelease } from './errors.js';

export interface DeploymentWorksOptions {
  /** Undefined: none is configured. */
  readonly driver: Driver | undefined;
  readonly deadlineMs: DriverSettings['deadlineMs'] | undefined;
  /** Which rollbacks use it. @default 'every' */
  readonly reach?: DriverReach | undefined;
  /** What is wrong with `deployments.yaml`, a sentence each: no driver is used then. */
  readonly problems: readonly string[];
  readonly releases: Pick<ReleasesRoom, 'document' | 'handOver'>;
  readonly presence: Pick<PresenceRoom, 'living'>;
}

/** All living processes acknowledge; one that died in between is waited for until it counts as gone. */
const gatewayMs = 60_000;
/** A process that is up says so within seconds. */
const seenEveryMs = 500;

export function deploymentWorks(options: DeploymentWorksOptions): readonly StepWork[] {
  const { driver, deadlineMs, problems, reach = 'every' } = options;
  const unused = problems[0] ?? 'No deployment driver is configured.';
  if (driver === undefined || deadlineMs === undefined)
    return (['bring-up', 'hand-over', 'take-down'] as const).map((name) => ({
      ...{ name, deadlineMs: 0, skipped: () => unused },
      plan: () => Promise.resolve([]),
      run: () => Promise.reject(new Error(unused)),
    }));
  const wanted = (rollback: RollbackDocument): string | null => (isFor(reach, rollback) ? null : notForOne);
  return [
    {
      ...{ name: 'bring-up', deadlineMs: deadlineMs.bringUp, skipped: wanted },
      plan: () => planOf(driver),
      run: async (doing) => ({ detail: await driver.bringUp(doing), facts: { driver: driver.name } }),
    },
    {
      ...{ name: 'hand-over', deadlineMs: deadlineMs.switchTraffic + gatewayMs, skipped: wanted },
      plan: () => Promise.resolve(['Traffic and gateway are handed over to the previous version.']),
      run: (doing) => handOver(driver, options, doing),
    },
    {
      ...{ name: 'take-down', deadlineMs: deadlineMs.takeDown, skipped: wanted },
      plan: () => Promise.resolve([]),
      run: async (doing) => takeDown(driver, doing),
    },
  ];
}

const notForOne = 'The driver is for rollbacks of everything only (deployments.yaml, driver.for).';

/** A drill is of one flag, and tries out what the worst day needs. */
function isFor(reach: DriverReach, { flag, kind }: RollbackDocument): boolean {
  return reach === 'every' || flag === null || kind === 'drill';
}

/** A driver that cannot be asked now may be reached when it is needed: the dry run says so, and is no refusal. */
async function planOf(driver: Driver): Promise<readonly string[]> {
  try {
    return await driver.plan();
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    return [`The ${driver.name} driver cannot say what it would do: ${error.message}`];
  }
}

async function handOver(driver: Driver, options: DeploymentWorksOptions, doing: Doing) {
  const traffic = await driver.switchTraffic(doing);
  doing.progress(traffic);
  const to = await previousRelease(driver, options, doing);
  const before = options.releases.document?.active.release;
  const { created, reason } = doing.rollback;
  const document = await options.releases.handOver(
    to,
    { by: { by: created.by, at: created.at, reason }, why: whyOf(doing.rollback), marksRolledBack: true },
    doing.signal,
  );
  return {
    detail: `${traffic} ${to} answers since ${new Date(document.active.since).toISOString()}.`,
    facts: { from: before ?? null, to, since: document.active.since },
  };
}

const whyOf = ({ flag, reason }: RollbackDocument): string =>
  `Rollback of ${flag ?? 'everything'}: ${reason}`.slice(0, 500);

/** The one that the driver names, or the only other one that lives; waited for until one of its processes has said something. */
async function previousRelease(
  { stableRelease }: Driver,
  { presence, releases }: DeploymentWorksOptions,
  { signal, progress, rollback }: Doing,
): Promise<string> {
  const begun = begunFor(rollback, releases.document);
  if (stableRelease === undefined && begun !== undefined) return begun;
  for (;;) {
    const living = new Set((await presence.living()).map(({ release }) => release));
    const active = releases.document?.active.release;
    if (stableRelease !== undefined && (living.has(stableRelease) || active === stableRelease))
      return stableRelease;
    if (stableRelease === undefined) {
      const others = [...living].filter(
        (release) => release !== active && !isLeft(releases.document, release),
      );
      const [only] = others;
      if (others.length > 1) throw new NoPreviousRelease(others);
      if (only !== undefined) return only;
      // Another rollback was first: what answers is the previous version already.
      if (active !== undefined && isLeft(releases.document, releases.document?.previous)) return active;
    }
    progress(`Waiting until ${stableRelease ?? 'the previous version'} is logged in.`);
    await passed(seenEveryMs, undefined, { signal });
  }
}

/** Rolled back, and not asked for by anybody since: going back never leads there. */
function isLeft(document: ReleasesDocument | undefined, release: string | null | undefined): boolean {
  return document !== undefined && typeof release === 'string' && isRolledBack(document, release);
}

/** Where whoever ran this step before has come to: run again, it must not take the one that was left for the previous one. */
function begunFor({ created }: RollbackDocument, document: ReleasesDocument | undefined): string | undefined {
  const marks = Object.values(document?.known ?? {}).map(({ rolledBack }) => rolledBack);
  const isOurs = marks.some((mark) => mark?.by === created.by && mark.at === created.at);
  return isOurs ? (document?.handover?.to ?? document?.active.release) : undefined;
}

async function takeDown(driver: Driver, doing: Doing) {
  const detail = await driver.takeDown(doing);
  const facts = await driver.verify(doing);
  const wrong = facts.filter(({ ok }) => !ok).map(({ what, detail: found }) => `${what}: ${found}`);
  return {
    detail: [detail, ...wrong].join(' '),
    facts: Object.fromEntries(facts.slice(0, 10).map(({ what, ok }) => [what, ok])),
  };
}
