/** The guilds of a test's world, which run commands as they are told to. */
import type { FlagsService, GuildFacts } from '../../../src/lib/flags/FlagsService.js';
import type { UnitCounts } from '../../../src/lib/health/judging/units.js';

export interface Conduct {
  /** How many times as likely as usual a command with the feature fails. */
  harm: number;
  /** How many coarse buckets slower it is with the feature. */
  slower: number;
  /** Fraction of commands that fail whatever they do, in both arms. */
  outage: number;
  /** Commands a guild and unit; 0 = nobody does anything. */
  traffic: number;
  /** Only this guild's commands fail, each of them. */
  broken: string | undefined;
  /** No process writes anything. */
  isSilent: boolean;
}

/** Park, Miller 1988: the same numbers everywhere. */
function seeded(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Where the crowd lives. */
export interface Place {
  readonly guilds: readonly GuildFacts[];
  readonly flags: FlagsService;
}

export class Crowd {
  private readonly random = seeded(7);

  /** @param baseRate fraction of commands that fail without harm */
  public constructor(
    private readonly place: Place,
    private readonly baseRate: () => number,
  ) {}

  /** What a unit brings. */
  public run({ harm, slower, outage, traffic, broken }: Conduct): UnitCounts[] {
    if (traffic === 0) return [];
    const { flags, guilds } = this.place;
    const flag = flags.world.flags.get('greeting');
    return guilds.map(({ id }): UnitCounts => {
      const hasIt = flags.isEnabled('greeting', id);
      const usual = this.baseRate() * (hasIt ? harm : 1) + outage;
      const rate = broken === undefined ? usual : broken === id ? 1 : 0;
      let failures = 0;
      for (let left = traffic; left > 0; left--) if (this.random() < rate) failures++;
      const bucket = 12 + Math.floor(this.random() * 4) + (hasIt ? slower : 0);
      const isTarget = flag?.rollout?.targets.includes(id) ?? false;
      return {
        guild: id,
        arm: hasIt ? 'canary' : 'control',
        isRandomised: !isTarget,
        runs: traffic,
        failures,
        durations: { [bucket]: traffic },
      };
    });
  }
}
