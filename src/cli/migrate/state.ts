/** `rollouts migrate state validate|apply`: the bot's own documents, from one schema to the next and back. */
import { count } from '../../lib/core/count.js';
import { checkedKeep } from '../../lib/deployments/migrations/state/checkedKeep.js';
import { StateMigrationFailed } from '../../lib/deployments/migrations/errors.js';
import { migrateState } from '../../lib/deployments/migrations/state/migrateState.js';
import { stateMigrations } from '../../lib/deployments/migrations/state/migrations.js';
import { planMoves } from '../../lib/deployments/migrations/state/plan.js';
import type { StateMigration } from '../../lib/deployments/migrations/state/StateMigration.js';
import { validateState, type KeptState } from '../../lib/deployments/migrations/state/validateState.js';
import { requireReadable } from '../../lib/recovery/snapshots/requireReadable.js';
import { SnapshotFolder } from '../../lib/recovery/snapshots/SnapshotFolder.js';
import type { Store } from '../../lib/state/Store.js';
import { checksReport } from '../checksReport.js';
import { deploymentsOf } from '../deployments.js';
import { personAtTerminal } from '../person.js';
import type { Report, Terminal } from '../Terminal.js';
import { storeName, withStore } from '../withStore.js';

export interface StateFlags {
  /** The last migration that is to hold; absent: all of them. */
  readonly to?: string;
  readonly report?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** @param migrations those of this release; a test has its own */
export function validateStateDocuments(
  terminal: Terminal,
  { to, report }: StateFlags,
  migrations: readonly StateMigration[] = stateMigrations,
): Promise<Report> {
  return withStore(terminal, async (store, config) => {
    const { folder } = (await deploymentsOf(terminal, config)).recovery.snapshots;
    const checks = await validateState({
      migrations,
      target: targetOf(to, migrations),
      load: () => store.load(),
      keep: () => keep(store, folder, terminal.now()),
      realTime: terminal,
    });
    return checksReport(checks, report);
  });
}

/** @param migrations those of this release; a test has its own */
export function applyStateMigrations(
  terminal: Terminal,
  { to, yes, json = false }: StateFlags,
  migrations: readonly StateMigration[] = stateMigrations,
): Promise<Report> {
  return withStore(terminal, async (store, config) => {
    const { folder } = (await deploymentsOf(terminal, config)).recovery.snapshots;
    const target = targetOf(to, migrations);
    const moves = planMoves(migrations, await store.load(), target);
    if (moves.length === 0)
      return { exitCode: 0, text: 'Every document stands there already.', json: { ok: true, documents: 0 } };
    if (yes !== true) {
      const question = `Move ${count(moves.length, 'document')} of ${storeName(config)} to migration ${target}? Type "yes": `;
      const answer = json ? undefined : await terminal.ask(question);
      if (answer?.trim().toLowerCase() !== 'yes') {
        const isNobody = answer === undefined;
        const text = `Nothing was changed.${isNobody ? ' Repeat it with --yes to move them.' : ''}`;
        return { exitCode: isNobody ? 2 : 1, text, json: { ok: false, message: text } };
      }
    }
    const outcome = await migrateState(store, {
      ...{ migrations, target, by: personAtTerminal() },
      keep: () =>
        checkedKeep({
          ...{ migrations, target, load: () => store.load(), realTime: terminal },
          keep: () => keep(store, folder, terminal.now()),
        }),
    });
    const text = `Moved ${count(outcome.documents, 'document')} in ${count(outcome.commits, 'commit')}. What was there before is in ${outcome.kept ?? 'no file'}.`;
    return { exitCode: 0, text, json: { ok: true, ...outcome } };
  });
}

/** @throws StateMigrationFailed */
function targetOf(to: string | undefined, migrations: readonly StateMigration[]): number {
  if (to === undefined) return migrations.length;
  if (/^\d{1,6}$/.test(to)) return Number(to);
  throw new StateMigrationFailed(`"${to}" is no number of a migration.`, {
    next: `Name one from 0 (none of them) to ${migrations.length} (all of them).`,
  });
}

async function keep(store: Store, path: string, now: number): Promise<KeptState> {
  const folder = new SnapshotFolder(path);
  return requireReadable(folder, await folder.write(store.snapshotParts(), now, 'migration'));
}
