/** A rollout's baseline, and the bytes in which it is kept. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { LatencyCut } from '../../judging/latencyCuts.js';
import { frozenOffset } from '../../judging/offsets.js';
import type { Baseline } from '../HealthRecords.js';
import { GuildNumbers } from './GuildNumbers.js';

export interface BaselineFacts {
  readonly frozenAt: number;
  readonly units: number;
  readonly cuts: readonly LatencyCut[];
  /** By guild: runs a day, the errors' offset, then one offset a cut. */
  readonly guilds: GuildNumbers;
}

const schema = z.object({
  format: z.literal(1),
  frozenAt: z.number(),
  units: z.int(),
  cuts: z.array(z.object({ quantile: z.number(), edge: z.int(), ms: z.number(), slower: z.number() })),
  guilds: z.array(z.string()),
  /** In millionths, which is finer than any history. */
  columns: z.array(z.array(z.int())),
});

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];
const fineness = 1e6;
const runsColumn = 0;
const errorsColumn = 1;
const firstCutColumn = 2;
/** Expected errors of a guild that nothing is known of. */
const withoutHistory = frozenOffset({ hits: 0, active: 0 });

export class FrozenBaseline implements Baseline {
  public readonly frozenAt: number;
  public readonly units: number;
  public readonly cuts: readonly LatencyCut[];
  private readonly guilds: GuildNumbers;

  public constructor({ frozenAt, units, cuts, guilds }: BaselineFacts) {
    this.frozenAt = frozenAt;
    this.units = units;
    this.cuts = cuts;
    this.guilds = guilds;
  }

  /** @throws where the bytes are none of a baseline */
  public static async unpack(blob: Uint8Array): Promise<FrozenBaseline> {
    const body = schema.parse(JSON.parse((await unzip(blob)).toString('utf8')));
    const rows = body.guilds.map((guild, row) => ({
      guild,
      numbers: body.columns.map((column) => (column[row] ?? 0) / fineness),
    }));
    return new FrozenBaseline({ ...body, guilds: new GuildNumbers(body.columns.length, rows) });
  }

  public rowOf(guild: string): number {
    return this.guilds.rowOf(guild);
  }

  public errorOffset(row: number): number {
    return this.guilds.at(row, errorsColumn) ?? withoutHistory;
  }

  public latencyOffset(row: number, cut: number): number {
    return this.guilds.at(row, firstCutColumn + cut) ?? this.cuts[cut]?.slower ?? withoutHistory;
  }

  public dailyRuns(row: number): number {
    return this.guilds.at(row, runsColumn) ?? 0;
  }

  public packed(): Promise<Uint8Array> {
    const rows = [...this.guilds];
    const columns = Array.from({ length: firstCutColumn + this.cuts.length }, (_, at) =>
      rows.map(({ numbers }) => Math.round((numbers[at] ?? 0) * fineness)),
    );
    const { frozenAt, units, cuts } = this;
    const guilds = rows.map(({ guild }) => guild);
    const body: z.infer<typeof schema> = { format: 1, frozenAt, units, cuts: [...cuts], guilds, columns };
    return zip(JSON.stringify(body));
  }
}
