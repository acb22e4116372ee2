/** "Flags off", read back: every living process evaluates a sample of the guilds that had it, and says from which commit it knows. */
import { count } from '../../../core/count.js';
import { z } from 'zod';
import type { Json } from '../../../core/Json.js';
import type { FlagsRoom } from '../../../flags/FlagsRoom.js';
import type { RollCall } from '../../../presence/PresenceRoom.js';
import type { RollbackDocument } from '../../documents.js';
import { someOf, type CheckFinding, type Conclusion } from './Finding.js';

/** The kind of question that {@link answerFlagsOff} answers. */
export const flagsOffKind = 'flags-off';

const question = z.object({ flag: z.string().nullable(), sample: z.array(z.string()) });

/** What everybody is asked. */
export function flagsOffQuestion({ flag, sample }: Pick<RollbackDocument, 'flag' | 'sample'>): Json {
  return { flag, sample };
}

/** What this process evaluates with; `isOn` as commands get it, without counting as a use. */
export interface Evaluating extends Pick<FlagsRoom, 'list' | 'evaluate'> {
  isOn(flag: string, guildId: string): boolean;
}

const answer = z.object({
  evaluated: z.int(),
  on: z.array(z.string()),
  isOnWithoutGuild: z.boolean(),
});

/** For `presence.answer(flagsOffKind, …)`, in every process. @throws {z.ZodError} where nobody of ours asked */
export function answerFlagsOff(flags: Evaluating): (body: Json) => Json {
  return (body) => {
    const { flag, sample } = question.parse(body);
    const asked = flag === null ? flags.list().map(({ key }) => key) : [flag];
    const on = sample.filter((guildId) => asked.some((key) => flags.isOn(key, guildId)));
    const isOnWithoutGuild = asked.some((key) => flags.evaluate(key, null).value);
    return { evaluated: sample.length, on, isOnWithoutGuild } satisfies z.infer<typeof answer>;
  };
}

const process = z.object({
  process: z.string(),
  release: z.string(),
  seq: z.number(),
  /** What it could not say, or null. */
  answer: answer.nullable(),
});

const evidence = z.object({
  /** What is older than this commit knows nothing of the rollback. */
  seq: z.number(),
  /** How many guilds were asked about. */
  sampled: z.int(),
  processes: z.array(process),
  silent: z.array(z.object({ process: z.string(), release: z.string() })),
  /** Processes that answered well and are not listed, so that the evidence stays small. */
  alsoWell: z.int(),
  /** There is no later look. */
  isLast: z.boolean(),
});

type Evidence = z.infer<typeof evidence>;

/** So many processes are listed. */
const mostListed = 40;

/** @param seq the commit that a process must know to count */
export function flagsOff(
  { answers, silent }: RollCall,
  {
    sample,
    seq,
    isLast,
  }: { readonly sample: readonly string[]; readonly seq: number; readonly isLast: boolean },
): CheckFinding {
  const all = answers.map(({ process, release, seq, body }) => ({
    ...{ process, release, seq },
    answer: answer.safeParse(body).data ?? null,
  }));
  // What is not well first, so that it is never among those that are left out.
  const sorted = [...all].sort(
    (a, b) => Number(isWell(a, seq, sample.length)) - Number(isWell(b, seq, sample.length)),
  );
  const notWell = sorted.filter((one) => !isWell(one, seq, sample.length)).length;
  const listed = sorted.slice(0, Math.max(mostListed, notWell));
  const seen: Evidence = {
    seq,
    sampled: sample.length,
    processes: listed.map((one) => ({ ...one, answer: one.answer && withFew(one.answer) })),
    silent: silent.map(({ process, release }) => ({ process, release })),
    alsoWell: all.length - listed.length,
    isLast,
  };
  return { ...conclude(seen), evidence: seen };
}

/** The same from evidence alone; undefined where it is none. */
export function concludeFlagsOff(seen: Json): Conclusion | undefined {
  const read = evidence.safeParse(seen);
  return read.success ? conclude(read.data) : undefined;
}

function conclude({ seq, sampled, processes, silent, alsoWell, isLast }: Evidence): Conclusion {
  const on = processes.filter(({ answer }) => answer !== null && isOn(answer));
  if (on.length > 0) {
    const [first] = on;
    const guilds = first?.answer?.on ?? [];
    const where = guilds.length > 0 ? ` for guild ${someOf(guilds, 3)}` : ' without a guild';
    return {
      verdict: 'failed',
      sentence: `Still on in ${count(on.length, 'process', 'processes')}: ${namesOf(on)}${where}. Restart what is named, or turn it off with /feature kill.`,
    };
  }
  const behind = processes.filter((one) => !isWell(one, seq, sampled));
  const open = [...silent, ...behind];
  const heard = processes.length + alsoWell;
  if (open.length > 0 || heard === 0) {
    const who =
      heard === 0 && open.length === 0 ? 'No process answered.' : `Not sure: ${whatIsOpen(silent, behind)}.`;
    const next = isLast ? ' Look whether what is named still runs, and stop it.' : ' It is asked again.';
    return { verdict: isLast ? 'failed' : 'unknown', sentence: `${who}${next}` };
  }
  const guilds = sampled === 0 ? 'nobody had it on' : `asked about ${count(sampled, 'guild')} that had it on`;
  return {
    verdict: 'passed',
    sentence: `Off in ${heard === 1 ? 'the one process there is' : `all ${heard} processes`}, ${guilds}; ${heard === 1 ? 'it' : 'each'} has read change #${seq} or a later one.`,
  };
}

type Process = Evidence['processes'][number];

function isWell({ seq: known, answer }: Process, seq: number, sampled: number): boolean {
  return answer !== null && known >= seq && answer.evaluated >= sampled && !isOn(answer);
}

function isOn({ on, isOnWithoutGuild }: NonNullable<Process['answer']>): boolean {
  return on.length > 0 || isOnWithoutGuild;
}

function whatIsOpen(silent: Evidence['silent'], behind: readonly Process[]): string {
  const parts = [
    ...(silent.length === 0 ? [] : [`no answer from ${namesOf(silent)}`]),
    ...(behind.length === 0 ? [] : [`${namesOf(behind)} did not know of it yet or could not say`]),
  ];
  return parts.join('; ');
}

function namesOf(processes: readonly { readonly process: string; readonly release: string }[]): string {
  return someOf(processes.map(({ process, release }) => `${process} (${release})`));
}

/** A few guilds name the trouble as well as fifty. */
function withFew({ on, ...rest }: NonNullable<Process['answer']>): NonNullable<Process['answer']> {
  return { ...rest, on: on.slice(0, 5) };
}
