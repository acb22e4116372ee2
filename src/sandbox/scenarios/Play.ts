/** One scenario from the first command to the last look: people act through the front door, and so does the proof. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seen } from '../people/Seen.js';
import type { PersonInChannel } from '../people/Person.js';
import type { Sandbox } from '../Sandbox.js';
import type { Scenario } from './scenarios.js';
import type { Transcript } from './Transcript.js';

export class ScenarioFailed extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'ScenarioFailed';
  }
}

export type Ending = Scenario['ends'];

const flag = 'new_greeting';
const dayMs = 86_400_000;
/** The plan takes 14 days; what has not ended after this never will. Domain time. */
const longestMs = 24 * dayMs;
/** People look at a paused rollout this often before the play gives up. */
const mostResumed = 2;

export class Play {
  private readonly admin: PersonInChannel;
  private resumed = 0;

  public constructor(
    private readonly sandbox: Sandbox,
    private readonly scenario: Scenario,
    private readonly transcript: Transcript,
    private readonly signal?: AbortSignal,
  ) {
    this.admin = sandbox.as('admin').in('operations');
  }

  /** Throws {@link ScenarioFailed} where it does not come to the end that it has to. */
  public async give(): Promise<void> {
    const { knobs, daysBefore, ends } = this.scenario;
    this.sandbox.simulation.turn(knobs);
    await this.act('/feature create', { name: flag, description: 'Warmer words' });
    this.transcript.tell('', `Members use the bot as ever for ${daysBefore} days.`);
    await this.pass(daysBefore * dayMs);
    const card = this.admin.next(isCard, this.real(dayMs));
    // Where the command is refused nobody waits for a card any more.
    card.catch(() => undefined);
    await this.act('/rollout start', { name: flag });
    const ending = await this.follow((await card).id);
    if (ending !== ends) throw new ScenarioFailed(`It was ${ending}, and had to be ${ends}.`);
    await this.prove(ends);
  }

  /** Types a command as an admin, and says yes where the bot asks whether that is meant. */
  private async act(command: string, values: Readonly<Record<string, string>>): Promise<void> {
    const options = Object.entries(values).map(([name, value]) => ` ${name}:${value}`);
    this.transcript.tell('admin', `${command}${options.join('')}`);
    const answer = await this.admin.slash(command, values);
    this.transcript.tell('→ admin', answer.text);
    const yes = answer.buttons.find((label) => label === 'Start' || label === 'Confirm');
    if (yes === undefined) return;
    await this.press(answer, yes);
  }

  /** Watches the card until the rollout has ended. */
  private async follow(cardId: string): Promise<Ending> {
    const until = this.sandbox.simulation.domainNow() + longestMs;
    while (this.sandbox.simulation.domainNow() < until) {
      const card = (await this.admin.messages()).find(({ id }) => id === cardId);
      if (!card) throw new ScenarioFailed('The card of the rollout is gone.');
      const [headline = ''] = card.text.split('\n');
      const ending = endingIn(headline);
      if (ending !== undefined) {
        await this.press(card, 'Why?');
        return ending;
      }
      if (/\bpaused\b/i.test(headline) && this.scenario.ends === 'completed') await this.resume(card);
      await this.pass(3_600_000);
    }
    throw new ScenarioFailed('The rollout did not end in 24 days.');
  }

  /** A healthy rollout may be paused once in a while (fewer than 1 of 20): then a person looks, and lets it go on. */
  private async resume(card: Seen): Promise<void> {
    if (!card.buttons.includes('Resume')) return;
    if (this.resumed++ >= mostResumed) throw new ScenarioFailed('It was paused again and again.');
    await this.press(card, 'Why?');
    await this.press(card, 'Resume');
  }

  private async press(card: Seen, label: string): Promise<void> {
    this.transcript.tell('admin', `presses ${label}`);
    this.transcript.tell('→ admin', (await this.admin.click(card, label)).text);
  }

  /** What a member sees in the end. */
  private async prove(ends: Ending): Promise<void> {
    this.sandbox.simulation.turn({ traffic: 0, errors: 1, slowness: 1, alwaysFails: false });
    const wanted = ends === 'completed' ? 'new greeting' : 'old greeting';
    const channel = this.sandbox.as('beta1_manager').in('general', 'beta_server_1');
    const { text } = await channel.slash('/hello');
    this.transcript.tell('member', `/hello → ${text}`);
    if (!text.includes(wanted)) throw new ScenarioFailed(`A member should have met the ${wanted}.`);
  }

  /** Waits for a span of domain time. */
  private async pass(domainMs: number): Promise<void> {
    await sleep(this.real(domainMs), undefined, { signal: this.signal });
  }

  private real(domainMs: number): number {
    return domainMs / this.sandbox.simulation.pace.speed;
  }
}

/** Read off the card's first line. */
function endingIn(headline: string): Ending | undefined {
  if (/\bcompleted?\b/i.test(headline)) return 'completed';
  return /\brolled back\b/i.test(headline) ? 'rolled back' : undefined;
}

const isCard = ({ ephemeral, buttons, text }: Seen): boolean =>
  !ephemeral && buttons.includes('Why?') && text.includes(flag);
