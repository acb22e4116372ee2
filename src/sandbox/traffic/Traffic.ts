/** Simulated members use the bot as people do: through the gateway and its commands, at random moments. */
import type { Clock } from '../../lib/core/Clock.js';
import { ClientError } from '../interactions/Interaction.js';
import type { ClientPorts } from '../people/ClientActions.js';
import type { Knobs, TrafficFigures } from '../simulation/Knobs.js';
import { Answers } from './Answers.js';
import { Crowd } from './Crowd.js';
import { GuildChoice } from './GuildChoice.js';
import { Visit, type VisitTally } from './Visit.js';

export interface TrafficOptions {
  readonly realTime: Clock;
  readonly domainTime: Clock;
  readonly knobs: () => Knobs;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

const beatMs = 20;
/** A bot that has stopped answering is not buried in commands. */
const mostWaiting = 250;
/** A machine that was busy elsewhere does not make up for more than this, ms. */
const longestGapMs = 500;
/** Staff are busy in the guilds that the plan names, small as they are. */
const staffedRank = 20;
const staffed = ['internal_test_server', 'beta_server_1', 'beta_server_2'];

export class Traffic {
  private readonly crowd: Crowd;
  private readonly answers: Answers;
  private readonly said = new Set<string>();
  private choice: GuildChoice | null = null;
  private timer: NodeJS.Timeout | null = null;
  private nextAt = 0;
  private counts = { commands: 0, newGreetings: 0, failures: 0, unanswered: 0, reports: 0, ratings: 0 };
  private readonly stopListening: () => void;

  public constructor(
    private readonly ports: ClientPorts,
    private readonly options: TrafficOptions,
  ) {
    this.crowd = new Crowd(ports);
    this.answers = new Answers(ports.interactions);
    this.stopListening = ports.world.listen(({ type }) => {
      if (type === 'guildCreate' || type === 'guildDelete') this.choice = null;
    });
  }

  public get figures(): TrafficFigures {
    return { ...this.counts };
  }

  /** Starts or stops with the knob. */
  public follow(): void {
    const isWanted = this.options.knobs().traffic > 0;
    if (isWanted === (this.timer !== null)) return;
    clearInterval(this.timer ?? undefined);
    this.nextAt = this.options.realTime.now();
    this.timer = isWanted ? setInterval(() => this.beat(), beatMs).unref() : null;
  }

  public close(): void {
    clearInterval(this.timer ?? undefined);
    this.timer = null;
    this.stopListening();
  }

  /** Everything that is due: the gaps between commands are exponential, as when nobody waits for anybody. */
  private beat(): void {
    const { realTime, knobs, random } = this.options;
    const now = realTime.now();
    this.nextAt = Math.max(this.nextAt, now - longestGapMs);
    for (; this.nextAt <= now; this.nextAt += (-Math.log(1 - random()) * 1_000) / knobs().traffic) this.act();
  }

  private act(): void {
    const { random, domainTime, knobs } = this.options;
    if (this.answers.waiting >= mostWaiting) return;
    const id = this.guilds().pick(random, domainTime.now());
    const guild = id === undefined ? undefined : this.ports.world.guilds.get(id);
    if (!guild) return;
    const visit = new Visit(this.crowd.someone(guild, random), this.answers, knobs(), random, this.said);
    if (visit.knows('hello')) void visit.make().then((tally) => this.count(tally), brokenOff);
  }

  private guilds(): GuildChoice {
    const { guilds, staffGuildId } = this.ports.world;
    this.choice ??= new GuildChoice(
      [...guilds.values()]
        .filter(({ id }) => id !== staffGuildId)
        .map(({ id, memberCount, name }) => ({
          ...{ id, memberCount },
          ...(staffed.includes(name) ? { rank: staffedRank } : {}),
        })),
    );
    return this.choice;
  }

  private count({ commands, how, reports, ratings }: VisitTally): void {
    this.counts.commands += commands;
    this.counts.newGreetings += Number(how === 'new');
    this.counts.failures += Number(how === 'failed');
    this.counts.unanswered += Number(how === 'unanswered');
    this.counts.reports += reports;
    this.counts.ratings += ratings;
  }
}

/** The guild or the channel went away in the middle of it. */
function brokenOff(error: unknown): void {
  if (!(error instanceof ClientError)) throw error;
}
