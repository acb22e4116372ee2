/** The same five checks for the bot's own documents, whose migrations are code: all in memory, nothing is changed. */
import { count } from '../../../core/count.js';
import type { Clock } from '../../../core/Clock.js';
import { limits } from '../../../state/prepare.js';
import type { LoadedState } from '../../../state/Store.js';
import { failed, passed, reportOf, type ChecksReport } from '../../checks/CheckResult.js';
import { runChecks } from '../../checks/runChecks.js';
import { batchesOf } from './batches.js';
import { planMoves, unfaithful, type Move } from './plan.js';
import { requireWhole, type StateMigration } from './StateMigration.js';

/** A backup that was written and read back. */
export interface KeptState {
  readonly name: string;
  readonly bytes: number;
  readonly documents: number;
}

export interface StateValidation {
  readonly migrations: readonly StateMigration[];
  /** The last migration that is to hold. */
  readonly target: number;
  readonly load: () => Promise<LoadedState>;
  /** Writes a snapshot and reads it back. @throws {RolloutError} */
  readonly keep: () => Promise<KeptState>;
  readonly realTime: Clock;
}

export async function validateState(validation: StateValidation): Promise<ChecksReport> {
  const { migrations, target, load, keep, realTime } = validation;
  let moves: readonly Move[] = [];
  let tookMs = 0;
  const checks = await runChecks(
    [
      {
        name: 'syntax',
        isNeeded: true,
        run: async () => {
          requireWhole(migrations);
          return passed(`${migrations.length} migrations, numbered without a gap.`);
        },
      },
      {
        name: 'backup',
        isNeeded: true,
        run: async () => {
          const { name, bytes, documents } = await keep();
          return passed(
            `${name} was written and read back: ${count(documents, 'document')}, ${bytes} bytes.`,
          );
        },
      },
      {
        name: 'dry run',
        isNeeded: true,
        run: async () => {
          const { documents, damaged } = await load();
          const begun = realTime.now();
          moves = planMoves(migrations, { documents }, target);
          tookMs = realTime.now() - begun;
          const left = damaged.map(
            ({ ns, key, problem }) => `${ns}:${key} is damaged and stays as it is: ${problem}`,
          );
          return passed(`${count(moves.length, 'document')} would be moved.`, [...perKind(moves), ...left]);
        },
      },
      { name: 'performance impact', run: async () => impact(moves, tookMs) },
      {
        name: 'rollback script',
        run: async () => {
          const problems = unfaithful(migrations, moves);
          return problems.length === 0
            ? passed('Every document is what it was after up and down.')
            : failed(
                'The way back does not lead to where it began. Keep what the older schema has no place for.',
                problems,
              );
        },
      },
    ],
    realTime,
  );
  return reportOf(`state migration to ${target}`, checks);
}

function impact(moves: readonly Move[], tookMs: number) {
  const size = ({ next }: Move): number => Buffer.byteLength(JSON.stringify(next));
  const bytes = moves.reduce((sum, move) => sum + size(move), 0);
  const tooLarge = moves.filter((move) => size(move) > limits.documentBytes);
  const facts = `${count(moves.length, 'document')}, ${bytes} bytes, ${tookMs} ms, ${count(batchesOf(moves).length, 'commit')}; flags go on being read meanwhile`;
  return tooLarge.length === 0
    ? passed(`${facts}.`)
    : failed(
        `${facts}. Some would be larger than the store takes.`,
        tooLarge.map((move) => `${move.ns}:${move.key}: ${size(move)} bytes`),
      );
}

function perKind(moves: readonly Move[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { ns, before, next } of moves) {
    const kind = `${ns}: schema ${before.schema} to ${next.schema}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, moved]) => `${kind}, ${count(moved, 'document')}`);
}
