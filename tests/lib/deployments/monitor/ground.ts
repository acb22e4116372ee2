/** A monitored deployment over measurements that the test writes by hand, with clocks that it moves. */
import {
  coarseBucket,
  fineBucket,
  mergeHistograms,
} from '../../../../src/lib/health/judging/latencyBuckets.js';
import { unitMs } from '../../../../src/lib/health/judging/units.js';
import type { BaseCounts, Baseline } from '../../../../src/lib/health/recording/HealthRecords.js';
import type { ProcessReport } from '../../../../src/lib/health/recording/ProcessReport.js';
import type { DeploymentDocument } from '../../../../src/lib/deployments/documents.js';
import { Monitor, type MonitorOptions } from '../../../../src/lib/deployments/monitor/Monitor.js';
import type { JudgedArms } from '../../../../src/lib/deployments/monitor/ports.js';
import { monitorDefaults } from '../../../../src/lib/deployments/monitor/Settings.js';
import type { MonitorStep } from '../../../../src/lib/deployments/monitor/Step.js';
import { riskDefaults } from '../../../../src/lib/deployments/risk/RiskPolicy.js';

export const minuteMs = 60_000;
/** Domain time: the beginning of a unit. */
export const deployedAt = 2_000_000 * unitMs;
const mebibyte = 1024 * 1024;

/** What each of the guilds does in a minute. */
export interface Traffic {
  readonly guilds: number;
  readonly runs: number;
  /** Of each guild's runs. */
  readonly failures: number;
  readonly ms: number;
  /** Of the guilds, how many fail; all where absent. */
  readonly failing?: number;
}

/** 100 runs a minute, none of which fails. */
export const well: Traffic = { guilds: 20, runs: 5, failures: 0, ms: 80 };

export class MonitorGround {
  public now = deployedAt;
  public traffic: (at: number) => Traffic = () => well;
  public arms: JudgedArms[] = [];
  public underWay: string[] = ['new_greeting'];
  public readonly acts: string[] = [];
  public refusal: Error | undefined;
  public memory = 200 * mebibyte;
  public usualMemory = 200 * mebibyte;
  public probes: ProcessReport['probes'] = { 'state-store': [{ at: 0, isHealthy: true }] };
  public isSilent = false;
  public reads = 0;
  /** Errors that a quarter hour of a guild is expected to have. */
  public expected = 0.1;
  public readonly notices: MonitorStep['notices'][number][] = [];
  public document: DeploymentDocument = deployment();

  public constructor(private readonly options: Partial<MonitorOptions> = {}) {}

  /** As after a restart: nothing is in its memory. */
  public monitor(): Monitor {
    return new Monitor({
      records: {
        baseBetween: (from, to) => Promise.resolve(this.counts(from, to)),
        baseUnits: (from, to) => {
          this.reads += 1;
          const units = [];
          for (let unit = from; unit <= to; unit++) {
            const at = unit * unitMs;
            const guilds = this.counts(at, Math.min(this.now, at + unitMs));
            if (guilds.length > 0) units.push({ unit, guilds });
          }
          return Promise.resolve(units);
        },
        baseSums: (from, to) => {
          const units = [];
          for (let unit = from; unit <= to; unit++) {
            const guilds = this.counts(unit * unitMs, Math.min(this.now, (unit + 1) * unitMs));
            const runs = guilds.reduce((sum, guild) => sum + guild.runs, 0);
            const failures = guilds.reduce((sum, guild) => sum + guild.failures, 0);
            const durations = mergeHistograms(...guilds.map((guild) => guild.durations));
            if (runs > 0) units.push({ unit, runs, failures, durations });
          }
          return Promise.resolve(units);
        },
        processes: () => Promise.resolve(this.isSilent ? [] : [this.report()]),
        settledUntil: () => Promise.resolve(this.now),
        freeze: () => Promise.resolve(this.baseline()),
        baseline: () => Promise.resolve(this.baseline()),
        forgetBaseline: () => Promise.resolve(),
        lastFlushAt: () => Promise.resolve(this.now),
      },
      arms: {
        judged: () => Promise.resolve(this.arms),
        underWay: () => this.underWay.map((flag, at) => ({ id: `R${at + 1}`, flag, revision: 4 })),
      },
      acting: {
        rollback: (one, why) => this.act(`rollback ${one.version}`, why),
        gradual: (flag, why) => this.act(`gradual ${flag}`, why),
        pause: (flag, why) => this.act(`pause ${flag}`, why),
      },
      storeTime: () => Promise.resolve(this.now),
      settings: monitorDefaults,
      policy: riskDefaults,
      ...this.options,
    });
  }

  /** What is usual is frozen, and the hour begins. */
  public async begin(): Promise<void> {
    await this.turn();
    this.document = { ...this.document, state: 'watching' };
    this.document = this.monitor().begin(this.document, this.now);
  }

  /** Takes in whatever is due now, as the life cycle would, each time by a monitor that knows nothing. */
  public async turn(): Promise<MonitorStep | null> {
    let last: MonitorStep | null = null;
    for (;;) {
      const step = await this.monitor().turn(this.document, this.now);
      if (step === null) return last;
      last = step;
      this.document = step.next;
      this.notices.push(...step.notices);
      if (step.over !== null) {
        this.document = { ...this.document, state: step.over.state };
        return step;
      }
    }
  }

  /** Looks every 30 s. */
  public async watch(ms: number): Promise<MonitorStep | null> {
    let last: MonitorStep | null = null;
    for (const end = this.now + ms; this.now < end && this.document.state === 'watching';) {
      this.now += monitorDefaults.everyMs;
      last = (await this.turn()) ?? last;
    }
    return last;
  }

  public reading(check: string) {
    const reading = this.document.monitor?.readings.find((one) => one.check === check);
    if (reading === undefined) throw new Error(`${check} was not looked at.`);
    return reading;
  }

  public get breaches() {
    return (this.document.monitor?.breaches ?? []).map(
      ({ trigger, level, action }) => `${trigger} ${level} ${action}`,
    );
  }

  private act(what: string, _why: string): Promise<string> {
    if (this.refusal !== undefined) return Promise.reject(this.refusal);
    this.acts.push(what);
    return Promise.resolve(`${what}: done.`);
  }

  private counts(from: number, to: number): BaseCounts[] {
    if (to <= from) return [];
    const minutes = (to - from) / minuteMs;
    const { guilds, runs, failures, ms, failing = guilds } = this.traffic((from + to) / 2);
    const count = Math.round(runs * minutes);
    if (count === 0) return [];
    return Array.from({ length: guilds }, (_, guild) => ({
      guild: `g${guild}`,
      runs: count,
      failures: guild < failing ? Math.round(failures * minutes) : 0,
      durations: { [coarseBucket(fineBucket(ms))]: count },
    }));
  }

  private report(): ProcessReport {
    const bytes = this.now <= deployedAt ? this.usualMemory : this.memory;
    return {
      process: 'one',
      at: this.now,
      flushedUntil: this.now,
      startedAt: 0,
      memory: Array.from({ length: 10 }, (_, ago) => ({ at: this.now - (9 - ago) * minuteMs, bytes })),
      eventLoopDelayMs: { median: 1, p99: 2, max: 3 },
      gatewayPingMs: 40,
      probes: this.probes,
    };
  }

  private baseline(): Baseline {
    return {
      frozenAt: deployedAt,
      units: 672,
      cuts: [],
      rowOf: () => 0,
      errorOffset: () => this.expected,
      latencyOffset: () => 0.05,
      dailyRuns: () => 100,
    };
  }
}

export function deployment(): DeploymentDocument {
  const stamp = { by: '1', at: deployedAt };
  return {
    ...{ v: 1, schema: 1, id: '7F3K2QX0', environment: 'production', version: '1.4.0', summary: '' },
    ...{ link: null, state: 'testing', revision: 3, source: 'person', origin: null },
    created: { ...stamp, name: 'ada' },
    updated: stamp,
    entered: { testing: deployedAt },
    ...{ gate: null, brokeGlass: null, smoke: null, usual: null, monitor: null },
    ...{ rollouts: ['R1'], ended: null, news: [], newsCount: 0 },
  };
}
