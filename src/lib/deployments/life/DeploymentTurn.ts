/** The lease holder's turn: looks at every deployment that is under way, and does what is due. Level-triggered: only documents count. */
import type { Notice } from '../../alerts/Card.js';
import { count } from '../../core/count.js';
import type { Clock } from '../../core/Clock.js';
import type { Fence } from '../../state/Store.js';
import type { DeploymentDocument } from '../documents.js';
import { isWaiting } from '../monitor/acting.js';
import type { DeploymentMonitor, MonitorStep } from '../monitor/Step.js';
import { linking, moved, telling } from './change.js';
import type { DeploymentCommits } from './DeploymentCommits.js';
import type { DeploymentIndex } from './DeploymentIndex.js';
import type { Gates } from './Gates.js';
import { rolledBack, smokeTested, succeeded } from './notices.js';
import type { TryingOut } from './TryingOut.js';
import { tooOld } from './tooOld.js';
import { TurnFailures } from '../../state/committing/TurnFailures.js';
import { mayFollow } from './transitions.js';
import type { EverythingBack } from './work.js';

export interface DeploymentTurnOptions {
  readonly commits: DeploymentCommits;
  readonly index: DeploymentIndex;
  readonly gates: Gates;
  readonly smoke: TryingOut;
  readonly monitor: DeploymentMonitor;
  /** Ids of rollouts that are under way. */
  readonly rollouts: () => readonly string[];
  readonly everythingBack: EverythingBack;
  /** Domain time. */
  readonly clock: Clock;
}

/** Where nothing is due, and while smoke tests run, ms of real time. */
const idleMs = 30_000;
const soonMs = 1_000;
/** Looks at one deployment in one turn: the others have their turn, too. */
const mostLooks = 6;
/** Who acts where no person does. */
const keeper = { id: 'system:deployments', name: 'the bot' } as const;

export class DeploymentTurn {
  /** Deployments that are over, and were tidied up after. */
  private readonly tidied = new Set<string>();

  public constructor(private readonly options: DeploymentTurnOptions) {}

  /** @returns in how many ms of real time to look again */
  public async turn(fence: Fence): Promise<number> {
    const { index } = this.options;
    const failures = new TurnFailures();
    let again = idleMs;
    for (const { id } of index.all({ isOpen: true })) {
      const next = await failures.apart(() => this.lookAt(id, fence));
      again = Math.min(again, next ?? soonMs);
    }
    await failures.apart(() => this.tidy(fence));
    failures.end('deployments');
    return again;
  }

  private async lookAt(id: string, fence: Fence): Promise<number> {
    for (let looks = 1; ; looks++) {
      const document = this.options.index.open(id);
      if (document === undefined) return idleMs;
      const again = await this.look(document, fence);
      if (again > 0 || looks >= mostLooks) return again;
    }
  }

  private async look(document: DeploymentDocument, fence: Fence): Promise<number> {
    const { monitor, clock, rollouts } = this.options;
    const back = this.takenBack(document);
    if (back !== undefined) {
      const over = { state: 'rolled-back', why: back, tone: 'bad' } as const;
      return this.step(document, { next: document, notices: [], over }, fence);
    }
    const dueAt = monitor.dueAt(document);
    if (dueAt !== null && dueAt <= clock.now()) {
      const step = await monitor.turn(document, clock.now());
      if (step !== null) return this.step(document, step, fence);
    }
    const linked = linking(document, rollouts());
    if (linked !== document) {
      await this.write(document, linked, fence);
      return 0;
    }
    if (document.state === 'testing') return this.test(document, fence);
    return dueAt === null ? idleMs : this.realMs(dueAt - clock.now());
  }

  /** Why it is over where somebody took everything back meanwhile. What the monitor is about to do, it tells of itself. */
  private takenBack({ state, entered, created, monitor }: DeploymentDocument): string | undefined {
    if (!mayFollow(state, 'rolled-back') || monitor?.breaches.some(isWaiting) === true) return undefined;
    return this.options.everythingBack(entered.deploying ?? entered.testing ?? created.at);
  }

  private async test(document: DeploymentDocument, fence: Fence): Promise<number> {
    const { smoke, clock, monitor } = this.options;
    const results = smoke.look(document.id);
    if (results === undefined) return soonMs;
    const now = clock.now();
    const bad = results.filter(({ verdict }) => verdict === 'failed').length;
    const next = monitor.begin(moved(document, 'watching', now, { smoke: [...results] }), now);
    const told =
      bad > 0
        ? telling(next, now, 'bad', `${bad} of ${count(results.length, 'smoke test')} failed.`)
        : results.length > 0
          ? telling(next, now, 'good', `${count(results.length, 'smoke test')} passed. It is watched now.`)
          : telling(next, now, 'warn', 'No smoke test was run: there is none. It is watched now.');
    const passed = results.length - bad;
    const title = `Smoke tests after ${document.version}: ${passed} of ${results.length} passed`;
    await this.write(document, told, fence, smokeTested(told), title);
    smoke.forget(document.id);
    return 0;
  }

  private async step(document: DeploymentDocument, step: MonitorStep, fence: Fence): Promise<number> {
    const { next, notices, over } = step;
    if (over === null) {
      await this.write(document, next, fence, notices);
      return 0;
    }
    const now = this.options.clock.now();
    const { state, why, tone, news = why, hour } = over;
    const ended = { by: keeper.id, at: now, why };
    const last = telling(moved(next, state, now, { ended }), now, tone, news);
    const told =
      state === 'succeeded'
        ? succeeded(last, hour)
        : [...rolledBack(last), ...this.options.monitor.takenBack(document)];
    const title = `Deployment ${last.version} to ${last.environment} is ${state}`;
    await this.write(document, last, fence, [...notices, ...told], title);
    return idleMs;
  }

  /** Domain time may run faster than real time. */
  private realMs(domainMs: number): number {
    const ms = Math.ceil(domainMs / (this.options.clock.speed ?? 1));
    return Math.min(idleMs, Math.max(soonMs, ms));
  }

  private async write(
    before: DeploymentDocument,
    document: DeploymentDocument,
    fence: Fence,
    notices: readonly Notice[] = [],
    title?: string,
  ): Promise<void> {
    await this.options.commits.write({ moves: [{ before, document }], notices, by: keeper, title, fence });
  }

  private async tidy(fence: Fence): Promise<void> {
    const { index, gates, commits, clock, monitor, smoke } = this.options;
    for (const document of index.all({ isOpen: false })) {
      if (this.tidied.has(document.id)) continue;
      smoke.forget(document.id);
      await monitor.forget(document);
      this.tidied.add(document.id);
    }
    const old = tooOld(index.all(), clock.now());
    for (const { id } of old) this.tidied.delete(id);
    const gone = old.map(({ id, v }) => ({ ns: 'deployments', key: id, expect: v, next: null }) as const);
    const beside = [...gone, ...gates.lettingGo()];
    if (beside.length === 0) return;
    await commits.write({ moves: [], beside, by: keeper, fence });
  }
}
