/** What happens in the staff guild, one line each with the bot's time. */
import type { Sandbox } from '../Sandbox.js';
import type { Seen } from '../people/Seen.js';

/** Longer lines are cut: the transcript tells the story, the sandbox's page shows the cards. */
const longest = 1_500;

const format = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'short', day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' },
  timeZone: 'UTC',
});

export class Transcript {
  /** The headline of each message as it was told last, by the message's id. */
  private readonly headlines = new Map<string, string>();
  private readonly stop: () => void;

  public constructor(
    private readonly sandbox: Sandbox,
    private readonly say: (line: string) => void,
  ) {
    this.stop = sandbox.as('admin').watch((seen, channel) => this.take(seen, channel));
  }

  /** A line of the play itself. */
  public tell(who: string, what: string): void {
    const words = what.replace(/\s*\n\s*/g, ' · ');
    const shown = words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
    const now = format.format(this.sandbox.simulation.domainNow()).replace(',', '');
    this.say(`${now}  ${who.padEnd(12)}  ${shown}`);
  }

  public close(): void {
    this.stop();
  }

  /** A new message is told whole, an edited one only where its first line says something new. */
  private take(seen: Seen, channel: string): void {
    const [headline = ''] = seen.text.split('\n');
    const before = this.headlines.get(seen.id);
    if (seen.ephemeral || seen.thinking || headline === before) return;
    this.headlines.set(seen.id, headline);
    const words = seen.text.replace(/\n\[[^\n]*\]/g, '');
    this.tell(`#${channel}`, before === undefined ? words : headline);
  }
}
