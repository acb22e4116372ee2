import { compare } from '../lib/recovery/compare/compare.js';
import type { Side } from '../lib/recovery/compare/Comparison.js';
import { comparisonLines } from '../lib/recovery/compare/lines.js';
import { sideOfSnapshot, sideOfState } from '../lib/recovery/compare/sides.js';
import { readSnapshotFile } from '../lib/state/snapshotFile.js';
import type { DeploymentsFile } from '../lib/deployments/file/DeploymentsFile.js';
import { readStateEnvironment } from '../config/environment.js';
import { deploymentsOf, snapshotPath } from './deployments.js';
import type { Report, Terminal } from './Terminal.js';
import { withStore } from './withStore.js';

/** `rollouts diff <from> [to]`: needs the state only where one side is `now`. */
export async function diff(terminal: Terminal, from: string, to: string): Promise<Report> {
  const deployments = await deploymentsOf(terminal, readStateEnvironment(terminal.environment));
  const side = (name: string): Promise<Side> => sideOf(terminal, deployments, name);
  const comparison = await compare(await side(from), await side(to));
  const lines = comparisonLines(comparison);
  const title = `From ${from} (change ${comparison.from.seq}) to ${to} (change ${comparison.to.seq}):`;
  return {
    exitCode: 0,
    text: [title, ...(lines.length === 0 ? ['nothing differs'] : lines)].join('\n'),
    json: { ok: true, ...comparison },
  };
}

async function sideOf(terminal: Terminal, deployments: DeploymentsFile, name: string): Promise<Side> {
  if (name === 'now') return withStore(terminal, async (store) => sideOfState(await store.load()));
  return sideOfSnapshot(await readSnapshotFile(snapshotPath(name, deployments)), name);
}
