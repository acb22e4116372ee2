/** Watches this process: its memory, how late its event loop is, its gateway, its probes. */
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '../../core/Clock.js';
import type { Probes } from './Probes.js';
import type { OwnReport } from './ProcessReport.js';

export interface ProcessGuardsOptions {
  /** Real time. */
  readonly clock: Clock;
  readonly probes: Probes;
  /** Round trip of the gateway's heartbeat, ms; null where it is not connected. */
  readonly gatewayPing: () => number | null;
  /** Resident bytes. @default this process's */
  readonly memory?: () => number;
}

const sampleMs = 60_000;
/** Four hours and the ten minutes before them, of which medians are taken, with room to spare. */
const keptMs = 5 * 60 * 60_000;
const nanosecondsPerMs = 1e6;

export class ProcessGuards {
  private readonly startedAt: number;
  private awaySince: number | null;
  private readonly samples: { at: number; bytes: number }[] = [];
  private readonly loopDelay: IntervalHistogram = monitorEventLoopDelay({ resolution: 20 });

  public constructor(private readonly options: ProcessGuardsOptions) {
    this.startedAt = options.clock.now();
    this.awaySince = this.startedAt;
    this.loopDelay.enable();
  }

  /** @param flushedUntil domain time, ms since epoch */
  public report(flushedUntil: number): OwnReport {
    this.sample();
    const gatewayPingMs = this.options.gatewayPing();
    this.awaySince = gatewayPingMs === null ? (this.awaySince ?? this.options.clock.now()) : null;
    const report = {
      flushedUntil,
      startedAt: this.startedAt,
      memory: this.samples,
      eventLoopDelayMs: {
        median: this.delayAt(50),
        p99: this.delayAt(99),
        max: this.delayAt(100),
      },
      gatewayPingMs,
      gatewayAwaySince: this.awaySince,
      probes: this.options.probes.results,
    };
    this.loopDelay.reset();
    return report;
  }

  public close(): void {
    this.loopDelay.disable();
  }

  private sample(): void {
    const now = this.options.clock.now();
    const last = this.samples.at(-1);
    if (last !== undefined && now - last.at < sampleMs) return;
    const { memory = (): number => process.memoryUsage.rss() } = this.options;
    this.samples.push({ at: now, bytes: memory() });
    while ((this.samples[0]?.at ?? now) < now - keptMs) this.samples.shift();
  }

  private delayAt(percentile: number): number {
    // Without a sample the histogram answers with its smallest value.
    return this.loopDelay.count === 0 ? 0 : this.loopDelay.percentile(percentile) / nanosecondsPerMs;
  }
}
