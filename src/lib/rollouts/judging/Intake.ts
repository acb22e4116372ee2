/** Takes in what was closed since the last look, and keeps what that takes between looks: baselines, and where guilds stand. */
import type { FlagsService } from '../../flags/FlagsService.js';
import { everythingOff } from '../../flags/world.js';
import type { FeedbackRecords } from '../../health/feedback/FeedbackRecords.js';
import type { Baseline, HealthRecords } from '../../health/recording/HealthRecords.js';
import type { EvidenceDocument, RolloutDocument, TickSummary } from '../documents.js';
import type { RolloutsReplica } from '../RolloutsReplica.js';
import { newEvidenceDocument } from './evidenceDocument.js';
import { GuildPlaces } from './GuildPlaces.js';
import type { SourceReader } from './sources/SourceReader.js';
import { takeUnit } from './takeUnit.js';
import type { Turn } from './Turn.js';
import type { UnitReader } from './UnitReader.js';

export interface IntakeOptions {
  readonly flags: FlagsService;
  readonly replica: RolloutsReplica;
  readonly records: HealthRecords;
  readonly feedback: FeedbackRecords;
  readonly units: UnitReader;
  readonly sources: SourceReader;
}

/** A rollout with what is new in it; not written yet. */
export interface Taken {
  readonly document: RolloutDocument;
  readonly evidence: EvidenceDocument;
  readonly ticks: readonly TickSummary[];
  /** There are more units than one look takes. */
  readonly isBehind: boolean;
  readonly allTicks: () => readonly TickSummary[];
}

export class Intake {
  private readonly baselines = new Map<string, Baseline>();
  private readonly places = new Map<string, GuildPlaces>();

  public constructor(private readonly options: IntakeOptions) {}

  public async take(before: RolloutDocument, { moment, settledUntil }: Turn): Promise<Taken> {
    const { replica, units, feedback, flags, sources } = this.options;
    const baseline = await this.baseline(before.id, moment.now);
    let document = before;
    let evidence = replica.evidence.get(before.id) ?? newEvidenceDocument(before, baseline.cuts.length);
    const ticks: TickSummary[] = [];
    const isServed =
      everythingOff(flags.world) === undefined &&
      !(before.pause?.verdict?.reasons.some(({ code }) => code === 'INCIDENT') ?? false);
    const { due, isBehind } = units.due(before, moment.now, settledUntil);
    for (const unit of due) {
      const table = await units.table(before.id, unit);
      const ratings = await feedback.ratings(before.flag, ...units.span(unit));
      const places = this.placesOf(before, baseline);
      const took = takeUnit(document, evidence, { unit, table, ratings, places, isServed });
      if (took === null) continue;
      ({ document, evidence } = took);
      ticks.push(took.tick);
    }
    evidence = sources.take(document, evidence, moment.realNow);
    return { document, evidence, ticks, isBehind, allTicks: () => [...replica.ticksOf(before.id), ...ticks] };
  }

  public async baseline(id: string, now: number): Promise<Baseline> {
    const known = this.baselines.get(id) ?? (await this.options.records.freeze(id, now));
    this.baselines.set(id, known);
    return known;
  }

  /** Nobody will ask about this rollout again. */
  public forget(id: string): void {
    this.baselines.delete(id);
    this.places.delete(id);
  }

  private placesOf({ id, flag }: RolloutDocument, baseline: Baseline): GuildPlaces {
    const seed = this.options.flags.world.flags.get(flag)?.seed ?? flag;
    let places = this.places.get(id);
    if (places?.seed !== seed || places.baseline !== baseline) {
      places = new GuildPlaces(seed, baseline);
      this.places.set(id, places);
    }
    return places;
  }
}
