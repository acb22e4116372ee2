/** What a process says of itself with every flush. Its guards are in real time, which is never sped up. */
import { z } from 'zod';
import type { ProbeResult } from '../judging/hardLimits/probes.js';

export interface ProcessReport {
  /** Names the process for its lifetime; a restarted process is another. */
  readonly process: string;
  /** When it was written: the store's own (real) time, ms since epoch. */
  readonly at: number;
  /** Domain time, ms since epoch, up to which all that it measured is in the store. */
  readonly flushedUntil: number;
  /** Real time, ms since epoch. */
  readonly startedAt: number;
  /** Resident bytes, one sample a minute for the last 5 hours, oldest first: fits `ProcessMemory`. `at` in real time. */
  readonly memory: readonly { readonly at: number; readonly bytes: number }[];
  /** How late the event loop was since the report before, ms. */
  readonly eventLoopDelayMs: { readonly median: number; readonly p99: number; readonly max: number };
  /** Round trip of the gateway's heartbeat, ms; null where the gateway is not connected. */
  readonly gatewayPingMs: number | null;
  /** Since when it is not connected, real time, ms since epoch: its start where it never was; null where it is connected. */
  readonly gatewayAwaySince?: number | null;
  /** The last results by probe, oldest first, `at` in real time: fits `probeLimit`. `state-store` is this bot's own store. */
  readonly probes: Readonly<Record<string, readonly ProbeResult[]>>;
}

/** A report as its process writes it; the store adds who and when. */
export type OwnReport = Omit<ProcessReport, 'process' | 'at'>;

const schema = z.object({
  format: z.literal(1),
  flushedUntil: z.number(),
  startedAt: z.number(),
  memory: z.array(z.object({ at: z.number(), bytes: z.number() })),
  eventLoopDelayMs: z.object({ median: z.number(), p99: z.number(), max: z.number() }),
  gatewayPingMs: z.number().nullable(),
  gatewayAwaySince: z.number().nullable().optional(),
  probes: z.record(z.string(), z.array(z.object({ at: z.number(), isHealthy: z.boolean() }))),
});

export function packReport(report: OwnReport): Uint8Array {
  return Buffer.from(JSON.stringify({ format: 1, ...report }));
}

/** undefined where the bytes are no report of this format: one of another version of the bot, say. */
export function unpackReport(process: string, at: number, blob: Uint8Array): ProcessReport | undefined {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(blob).toString('utf8'));
  } catch {
    return undefined;
  }
  const report = schema.safeParse(json);
  if (!report.success) return undefined;
  const { format: _, ...facts } = report.data;
  return { process, at, ...facts };
}
