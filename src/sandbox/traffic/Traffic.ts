/** Simulated members use the bot as people do: through the gateway and its commands, at random moments. */
import type { Clock } from '../../lib/core/Clock.js';
import { ClientError, type Interaction, type Outcome } from '../interactions/Interaction.js';
import type { ClientPorts } from '../people/ClientActions.js';
import type { Knobs, TrafficFigures } from '../simulation/Knobs.js';
import { Crowd } from './Crowd.js';
import { GuildChoice } from './GuildChoice.js';

export interface TrafficOptions {
  readonly realTime: Clock;
  readonly domainTime: Clock;
  readonly knobs: () => Knobs;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** What came of a greeting. */
type Greeted = 'old' | 'new' | 'failed' | 'unanswered';

const beatMs = 20;
/** A bot that has stopped answering is not buried in commands. */
const mostOpen = 250;
/** A machine that was busy elsewhere does not make up for more than this, ms. */
const longestGapMs = 500;
/** Staff are busy in the guilds that the plan names, small as they are. */
const staffedRank = 20;
const staffed = ['internal_test_server', 'beta_server_1', 'beta_server_2'];

export class Traffic {
  private readonly crowd: Crowd;
  private choice: GuildChoice | null = null;
  private timer: NodeJS.Timeout | null = null;
  private nextAt = 0;
  private open = 0;
  private counts = { commands: 0, newGreetings: 0, failures: 0, unanswered: 0, reports: 0, ratings: 0 };
  private readonly stopListening: () => void;

  public constructor(
    private readonly ports: ClientPorts,
    private readonly options: TrafficOptions,
  ) {
    this.crowd = new Crowd(ports);
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
    const { random, domainTime } = this.options;
    if (this.open >= mostOpen) return;
    const id = this.guilds().pick(random, domainTime.now());
    const guild = id === undefined ? undefined : this.ports.world.guilds.get(id);
    if (!guild) return;
    const member = this.crowd.someone(guild, random);
    // Who has not heard of the command yet, for the bot is just starting, types nothing.
    if (!member.commands().some(({ name }) => name === 'hello')) return;
    this.counts.commands += 1;
    void this.wait(member.slash('hello', {})).then((outcome) => this.count(greeted(outcome)));
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

  /** What the member saw in the end; undefined where the bot did not answer. */
  private async wait(interaction: Interaction): Promise<Outcome | undefined> {
    this.open += 1;
    try {
      return await interaction.final;
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      return undefined;
    } finally {
      this.open -= 1;
      this.ports.interactions.forget(interaction);
    }
  }

  private count(how: Greeted): void {
    if (how === 'new') this.counts.newGreetings += 1;
    else if (how === 'failed') this.counts.failures += 1;
    else if (how === 'unanswered') this.counts.unanswered += 1;
  }
}

/** Read off the words, as a person would. */
function greeted(outcome: Outcome | undefined): Greeted {
  if (outcome?.kind !== 'message') return 'unanswered';
  const { content } = outcome.message;
  if (content.includes('went wrong')) return 'failed';
  return content.includes('**new** greeting') ? 'new' : 'old';
}
