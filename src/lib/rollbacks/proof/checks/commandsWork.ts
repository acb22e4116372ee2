/** "User commands work": what the smoke test of that name found. */
import { count } from '../../../core/count.js';
import { z } from 'zod';
import type { Json } from '../../../core/Json.js';
import type { SmokeResult } from '../../../smoke/SmokeTest.js';
import { type CheckFinding, type Conclusion } from './Finding.js';

/** The smoke test that is run. */
export const commandsSmoke = 'commands';

const evidence = z.object({
  test: z.string(),
  tookMs: z.number(),
  /** Things that were looked at, and those among them that were not well; a few of these in full. */
  looked: z.int(),
  bad: z.int(),
  why: z.string().nullable(),
  found: z.array(z.object({ what: z.string(), detail: z.string() })),
});

const mostShown = 10;

export function commandsWork({ name, verdict, tookMs, findings, sentence }: SmokeResult): CheckFinding {
  const bad = findings.filter(({ ok }) => !ok);
  const seen: z.infer<typeof evidence> = {
    test: name,
    tookMs,
    looked: findings.length,
    bad: bad.length,
    why: verdict === 'passed' ? null : shortened(sentence),
    found: bad.slice(0, mostShown).map(({ what, detail }) => ({ what, detail: shortened(detail) })),
  };
  return { ...conclude(seen), evidence: seen };
}

/** The same from evidence alone; undefined where it is none. */
export function concludeCommandsWork(seen: Json): Conclusion | undefined {
  const read = evidence.safeParse(seen);
  return read.success ? conclude(read.data) : undefined;
}

function conclude({ looked, bad, why }: z.infer<typeof evidence>): Conclusion {
  if (why === null && bad === 0 && looked > 0)
    return {
      verdict: 'passed',
      sentence: `Every command is registered as defined, and those that were tried answered (${count(looked, 'thing')} looked at).`,
    };
  return { verdict: 'failed', sentence: why ?? 'Nothing was looked at.' };
}

const longest = 400;

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
