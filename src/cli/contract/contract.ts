/** `rollouts contract record|check`: what others rely on, and whether it still holds. */
import { writeFile } from 'node:fs/promises';
import { compareContracts } from '../../lib/deployments/contract/compare.js';
import { contractSchema, parseAs, type Contract } from '../../lib/deployments/contract/Contract.js';
import { checksReport, ReportNotWritten } from '../checksReport.js';
import { readText } from '../readText.js';
import type { Report, Terminal } from '../Terminal.js';
import { gather, type Sources } from './gather.js';

export const contractFile = 'contract.json';

export async function recordContract(file: string, sources: Sources): Promise<Report> {
  const contract = await gather(sources);
  try {
    await writeFile(file, `${JSON.stringify(contract, null, 2)}\n`);
  } catch (cause) {
    throw new ReportNotWritten(
      `${file} was not written: ${cause instanceof Error ? cause.message : String(cause)}.`,
      {
        next: 'Name a file in a folder that exists and that may be written to.',
        cause,
      },
    );
  }
  return {
    exitCode: 0,
    text: `Recorded ${contentsOf(contract)} in ${file}. Commit it: it is what the next release is compared with.`,
    json: { ok: true, file, release: contract.release },
  };
}

export async function checkContract(
  terminal: Terminal,
  { against, report, ...sources }: Sources & { readonly against: string; readonly report?: string },
): Promise<Report> {
  const was = parseAs(contractSchema, await readText(against), against);
  // Asked not to look at something, nobody may conclude that it is gone.
  const { exports: names, ...rest } = await gather(sources);
  const seen = sources.exports ? { ...rest, exports: names } : rest;
  return checksReport(await compareContracts(was, seen, terminal), report);
}

function contentsOf({ release, commands, replies, configuration, exports: entries }: Contract): string {
  const count = (records: Readonly<Record<string, object>>): number =>
    Object.values(records).reduce((sum, record) => sum + Object.keys(record).length, 0);
  const answers = replies === undefined ? 'no replies' : `${Object.keys(replies).length} replies`;
  return `${commands.length} commands, ${answers}, ${count(configuration)} settings and ${count(entries)} exports of ${release}`;
}
