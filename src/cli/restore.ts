import { basename } from 'node:path';
import { readStateEnvironment } from '../config/environment.js';
import { newId } from '../lib/core/ids.js';
import { comparisonLines } from '../lib/recovery/compare/lines.js';
import { goBack, wayTo, type Way } from '../lib/recovery/goBack.js';
import { SnapshotFolder } from '../lib/recovery/snapshots/SnapshotFolder.js';
import { openSnapshotFile } from '../lib/state/snapshotFile.js';
import type { Snapshot, Store } from '../lib/state/Store.js';
import { summary } from './contents.js';
import { deploymentsOf, snapshotPath } from './deployments.js';
import { personAtTerminal } from './person.js';
import type { Report, Terminal } from './Terminal.js';
import { storeName, withStore } from './withStore.js';

export interface RestoreOptions {
  readonly file: string;
  readonly yes: boolean;
  /** Say what would change, and end there. */
  readonly dryRun: boolean;
  /** Keep what is replaced. */
  readonly backup: boolean;
  /** For the audit and for staff. */
  readonly reason: string | undefined;
  readonly json: boolean;
}

/** `rollouts restore <file>`: says what would change, asks, keeps what there is, and goes back. */
export async function restore(terminal: Terminal, options: RestoreOptions): Promise<Report> {
  const deployments = await deploymentsOf(terminal, readStateEnvironment(terminal.environment));
  const path = snapshotPath(options.file, deployments);
  // Before the store, which is made where there is none: not so for a slip of the pen.
  const { snapshot, sha256 } = await openSnapshotFile(path);
  return withStore(
    terminal,
    async (store, config) => {
      const way = await wayTo(store, snapshot, basename(path));
      const current = (await store.load()).head;
      const plan = planOf(way, snapshot, path, `${storeName(config)}, which stands at change ${current.seq}`);
      const json = { file: path, from: snapshot.head, replaces: current, changes: way.comparison.kinds };

      const refusal = options.dryRun ? dryRun(plan, json) : await consent(terminal, options, plan, json);
      if (refusal !== undefined) return refusal;
      const { folder } = deployments.recovery.snapshots;
      const outcome = await goBack(
        store,
        way,
        {
          ...{ op: `restore ${newId()}`, name: basename(path), sha256, by: personAtTerminal() },
          reason: options.reason ?? 'By the command line.',
        },
        () => (options.backup ? keepCurrent(store, folder, terminal.now()) : Promise.resolve('no file')),
      );
      const kept = outcome.status === 'done' && options.backup ? outcome.kept : undefined;
      const before = kept === undefined ? '' : ` What was there before is in ${kept}.`;
      const text = `${options.yes ? `${plan}\n` : ''}Restored.${before}`;
      return { exitCode: 0, text, json: { ok: true, ...json, before: kept } };
    },
    { make: true },
  );
}

function planOf(
  { comparison, isSameState, rollingBack }: Way,
  snapshot: Snapshot,
  path: string,
  where: string,
): string {
  const lines = comparisonLines(comparison);
  return [
    `${path} holds ${summary(snapshot)}.`,
    `What would change in ${where}:`,
    ...(lines.length === 0 ? ['  nothing'] : lines.map((line) => `  ${line}`)),
    isSameState
      ? 'Audit, notices, rollbacks and the active release stay. Running bots follow at once.'
      : 'It was taken of another state: its audit, notices and rollbacks come with it. Running bots follow at once.',
    ...(rollingBack.length === 0
      ? []
      : [`A rollback is under way (${rollingBack.join(', ')}): better wait until it is over.`]),
  ].join('\n');
}

function dryRun(plan: string, json: object): Report {
  return { exitCode: 0, text: `${plan}\nNothing was changed.`, json: { ok: true, dryRun: true, ...json } };
}

/** Undefined where the person wants it. */
async function consent(
  terminal: Terminal,
  { yes, json: inJson }: RestoreOptions,
  plan: string,
  json: object,
): Promise<Report | undefined> {
  if (yes) return undefined;
  if (!inJson) terminal.out(plan);
  const answer = inJson ? undefined : await terminal.ask('Go back to it? Type "yes": ');
  if (answer === undefined) {
    const text = 'Nothing was changed. Repeat it with --yes to go back.';
    return { exitCode: 2, text, json: { ok: false, ...json, message: text } };
  }
  if (answer.trim().toLowerCase() === 'yes') return undefined;
  return { exitCode: 1, text: 'Nothing was changed.', json: { ok: false, ...json } };
}

/** Answers the file's name; in the folder of the bot's own, so that /rollback snapshots shows it. */
async function keepCurrent(store: Store, folder: string, now: number): Promise<string> {
  return (await new SnapshotFolder(folder).write(store.snapshotParts(), now, 'restore')).name;
}
