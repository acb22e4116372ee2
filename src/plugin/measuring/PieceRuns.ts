/**
 * Makes runs of what pieces do. Sapphire looks a piece's methods up at each call, so that wrapping them on the instance
 * catches every way in: subcommands, buttons, autocompletion, pieces that are loaded late or again.
 */
import type { Piece } from '@sapphire/framework';
import { isTracking, outside, within } from '../../lib/health/recording/currentRun.js';
import { measure } from '../../lib/health/recording/measure.js';
import type { Outcome, Recording, RunFacts } from '../../lib/health/recording/Recording.js';
import { guildOf } from '../../lib/discord/guildOf.js';
import { isSynthetic } from '../../lib/discord/probing/synthetic.js';
import { SubjectRuns } from './SubjectRuns.js';
import { type Around, wrapMethod } from './wrapMethod.js';

/** Stores whose pieces are wrapped. */
export const measuredStores = ['commands', 'preconditions', 'interaction-handlers', 'listeners'] as const;
export type MeasuredStore = (typeof measuredStores)[number];

const commandMethods = ['chatInputRun', 'contextMenuRun', 'messageRun', 'autocompleteRun'];
const preconditionMethods = ['chatInputRun', 'contextMenuRun', 'messageRun'];
/** The framework's own listeners, and its plugins': they only pass on to the pieces that are wrapped. */
const passesOn = /^(Core|Plugin)/;

export class PieceRuns {
  public readonly subjects: SubjectRuns;
  private readonly wrapped = new WeakSet<Piece>();

  public constructor(
    private readonly recording: Recording,
    private readonly outcomeOf: (error: unknown) => Outcome,
  ) {
    this.subjects = new SubjectRuns(recording);
  }

  public wrap(store: MeasuredStore, piece: Piece): void {
    if (this.wrapped.has(piece)) return;
    this.wrapped.add(piece);
    const { name } = piece;
    if (store === 'commands') for (const method of commandMethods) wrapMethod(piece, method, this.work(name));
    if (store === 'preconditions')
      for (const method of preconditionMethods) wrapMethod(piece, method, this.opening(name));
    if (store === 'interaction-handlers') {
      wrapMethod(piece, 'parse', this.opening(name));
      wrapMethod(piece, 'run', this.work(name));
    }
    if (store === 'listeners' && !passesOn.test(name)) wrapMethod(piece, 'run', this.listening(name));
  }

  /** The work itself, unless the bot asks itself: begins or takes over the run of its interaction or message, and ends it. */
  private work(name: string): Around {
    return (args, call) => {
      const [subject] = args;
      if (!isSubject(subject)) return call();
      if (isSynthetic(subject)) return outside(call);
      return measure(this.subjects.take(subject, factsOf(name, subject)), call, this.outcomeOf);
    };
  }

  /** What comes before the work, and may evaluate flags already. Where it ends the matter, that is the run's end, too. */
  private opening(name: string): Around {
    return (args, call) => {
      const [subject] = args;
      if (!isTracking() || !isSubject(subject)) return call();
      if (isSynthetic(subject)) return outside(call);
      const run = this.subjects.open(subject, factsOf(name, subject));
      const fail = (error: unknown): never => {
        run.end(this.outcomeOf(error), 0);
        throw error;
      };
      try {
        const result = within(run, call);
        return result instanceof Promise ? result.catch(fail) : result;
      } catch (error) {
        return fail(error);
      }
    };
  }

  /** Listeners are no commands: they count only for rollouts whose flag they meet. */
  private listening(name: string): Around {
    return (args, call) => {
      const guildId = isTracking() ? guildOf(args) : null;
      if (guildId === null || args.some((arg) => isSubject(arg) && isSynthetic(arg))) return call();
      return measure(this.recording.begin({ name, guildId, countsAlways: false }), call, this.outcomeOf);
    };
  }
}

interface Subject {
  readonly guildId: string | null;
}

function isSubject(value: unknown): value is Subject {
  return typeof value === 'object' && value !== null && 'guildId' in value;
}

function factsOf(name: string, { guildId }: Subject): RunFacts {
  return { name, guildId };
}
