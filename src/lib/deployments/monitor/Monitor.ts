/** The hour after a deployment: freezes what is usual, looks every 30 s, and does what the risk policy says about a breach. */
import type { Notice } from '../../alerts/Card.js';
import { telling } from '../life/change.js';
import type { RiskPolicy } from '../risk/RiskPolicy.js';
import { type Breach, type DeploymentDocument, riskLevels } from '../documents.js';
import { act, isWaiting } from './acting.js';
import { baselineOf } from './baselineOf.js';
import { breachesIn, type FoundBreach, type Looked } from './breaches.js';
import { checks } from './checks/index.js';
import { endingOf } from './ending.js';
import { lookAt, type LookingOptions } from './looking.js';
import {
  actedNotices,
  breachNotices,
  callsByItself,
  takenBackNotices,
  type Telling,
  wellAgainNotices,
} from './notices.js';
import { OwnPast } from './OwnPast.js';
import type { Acting } from './ports.js';
import { readingOf } from './reading.js';
import type { MonitorSettings } from './Settings.js';
import type { DeploymentMonitor, MonitorStep } from './Step.js';
import { usualOf } from './usualOf.js';

export interface MonitorOptions extends LookingOptions {
  readonly settings: MonitorSettings;
  readonly policy: RiskPolicy;
  readonly acting: Acting;
  /** The id of the channel in which members read. @default staff get the words to hand on */
  readonly usersChannel?: string | undefined;
  /** Whether a rollback brings the version before back, or only turns the flags off. @default true */
  readonly hasDriver?: boolean | undefined;
}

type Watched = DeploymentDocument & { readonly monitor: NonNullable<DeploymentDocument['monitor']> };

const mostInSeries = 120;
/** Looks that may be missed before the time without any counts as not watched. */
const mostMissed = 3;

export class Monitor implements DeploymentMonitor {
  private readonly ownPast: OwnPast;

  public constructor(private readonly options: MonitorOptions) {
    this.ownPast = new OwnPast(options.records);
  }

  public dueAt(document: DeploymentDocument): number | null {
    const { state, usual, monitor, created } = document;
    if (state === 'deploying' || state === 'testing') return usual === null ? created.at : null;
    if (state !== 'watching' || monitor === null) return null;
    return monitor.breaches.some(isWaiting) ? created.at : monitor.nextAt;
  }

  public begin(document: DeploymentDocument, now: number): DeploymentDocument {
    const { forMs, everyMs } = this.options.settings;
    return {
      ...document,
      monitor: {
        ...{ until: now + forMs, nextAt: now + everyMs },
        ...{ looks: 0, readings: [], breaches: [], series: [] },
      },
    };
  }

  public async turn(document: DeploymentDocument, now: number): Promise<MonitorStep | null> {
    const dueAt = this.dueAt(document);
    if (dueAt === null || now < dueAt) return null;
    if (!isWatched(document)) return this.freeze(document);
    const waiting = gravest(document.monitor.breaches.filter(isWaiting));
    if (waiting !== undefined) return this.actOn(document, waiting.n, now);
    return now >= this.until(document, now) ? this.end(document, now) : this.look(document, now);
  }

  public takenBack(document: DeploymentDocument): readonly Notice[] {
    return takenBackNotices(document, this.options);
  }

  public forget(document: DeploymentDocument): Promise<void> {
    return this.options.records.forgetBaseline(baselineOf(document));
  }

  private async freeze(document: DeploymentDocument): Promise<MonitorStep> {
    const { records } = this.options;
    await records.freeze(baselineOf(document), document.created.at);
    const usual = await usualOf(document.created.at, this.options);
    return { next: { ...document, usual }, notices: [], over: null };
  }

  private async look(document: Watched, now: number): Promise<MonitorStep> {
    const { settings, policy } = this.options;
    const { monitor } = document;
    const seen = await lookAt(document, settings, now, { ...this.options, ownPast: this.ownPast });
    const looked = checks.map((check): Looked => {
      const glance = check(seen, document.usual, settings);
      const before = monitor.readings.find((reading) => reading.check === glance.check);
      return { glance, before, reading: { ...readingOf(glance, before, settings), about: glance.trigger } };
    });
    const telling = this.telling(document);
    const underWay = [...new Set(telling.rollouts.map(({ flag }) => flag))];
    const found = breachesIn(looked, monitor.breaches, policy, settings, { now, underWay });
    const readings = looked.map(({ reading }) => reading);
    const { runs, failures } = seen.lately.failures;
    const point = [now, runs === 0 ? null : failures / runs, seen.lately.p95Ms] as const;
    const isOther =
      found.length > 0 || looked.some(({ reading, before }) => reading.verdict !== before?.verdict);
    const next: DeploymentDocument = {
      ...document,
      revision: document.revision + (isOther ? 1 : 0),
      monitor: {
        ...{ until: this.until(document, now), nextAt: now + settings.everyMs, looks: monitor.looks + 1 },
        readings,
        breaches: [...monitor.breaches, ...found.map(({ breach }) => breach)],
        series: [...monitor.series, point].slice(-mostInSeries),
      },
    };
    return { next: withNews(next, found, now), notices: noticesOf(next, found, telling), over: null };
  }

  private telling({ rollouts }: DeploymentDocument): Telling {
    const { arms, usersChannel, hasDriver } = this.options;
    return { usersChannel, hasDriver, rollouts: arms.underWay(rollouts) };
  }

  /** An hour of watching is an hour in which somebody looked. */
  private until({ monitor: { until, nextAt } }: Watched, now: number): number {
    const missed = now - nextAt;
    return missed > mostMissed * this.options.settings.everyMs ? until + missed : until;
  }

  private async actOn(document: Watched, n: number, now: number): Promise<MonitorStep> {
    const { acting, policy } = this.options;
    const breach = document.monitor.breaches.find((one) => one.n === n);
    if (breach === undefined) throw new TypeError(`There is no breach ${n}.`);
    const acted = await act(document, breach, acting);
    const isBack = breach.action === 'rollback' && acted.isDone;
    const breaches = document.monitor.breaches.map((one) => {
      if (one.n === n) return { ...one, outcome: acted.outcome };
      return isBack && isWaiting(one) ? { ...one, outcome: 'Everything is rolled back.' } : one;
    });
    const changed = {
      ...document,
      revision: document.revision + 1,
      monitor: { ...document.monitor, breaches },
    };
    return {
      // What ends it is told with the end.
      next: isBack ? changed : telling(changed, now, acted.isDone ? 'warn' : 'bad', acted.outcome),
      notices: actedNotices(document, breach, policy.rules[breach.level], acted, this.telling(document)),
      over: isBack
        ? { state: 'rolled-back', why: this.whyBack(document, breach), tone: 'bad', news: acted.outcome }
        : null,
    };
  }

  /** Only flags are back where nobody can bring a version back: then the new one goes on running, and unwatched. */
  private whyBack({ version }: Watched, { sentence }: Breach): string {
    if (this.options.hasDriver !== false) return sentence;
    return `${sentence} Every flag is off; ${version} itself goes on running until your pipeline brings the version before back.`;
  }

  private async end(document: Watched, now: number): Promise<MonitorStep> {
    // The last word is about how it is, not about how it was half a minute ago.
    const last = await this.look(document, now);
    if (last.next.monitor?.breaches.some(isWaiting)) return last;
    const end = endingOf(last.next, this.options.settings.forMs);
    return {
      next: last.next,
      notices: [...last.notices, ...wellAgainNotices(last.next, this.telling(document))],
      over: { state: 'succeeded', why: end.why, tone: end.tone, hour: end },
    };
  }
}

function isWatched(document: DeploymentDocument): document is Watched {
  return document.state === 'watching' && document.monitor !== null;
}

function gravest(breaches: readonly Breach[]): Breach | undefined {
  return [...breaches].sort((a, b) => riskLevels.indexOf(a.level) - riskLevels.indexOf(b.level))[0];
}

function withNews(
  document: DeploymentDocument,
  found: readonly FoundBreach[],
  now: number,
): DeploymentDocument {
  return found.reduce(
    (next, { breach }) => telling(next, now, breach.level === 'low' ? 'warn' : 'bad', breach.sentence),
    document,
  );
}

/** One look pings once, for the gravest; and where a rollback follows by itself, that one's own notice does. */
function noticesOf(
  document: DeploymentDocument,
  found: readonly FoundBreach[],
  told: Telling,
): readonly Notice[] {
  const first = gravest(found.filter(({ followUp: { rule } }) => rule.pages).map(({ breach }) => breach));
  return found.flatMap(({ breach, followUp: { rule } }) =>
    breachNotices(document, breach, { ...rule, pages: breach === first && !callsByItself(breach) }, told),
  );
}
