import type { AutomaticMigration } from '../../deployments/migrations/state/AutomaticMigration.js';
import type { LeaderDuty } from '../Duty.js';

/** Moves documents of an older release's schema to this one's, as soon as this process leads. */
export function migratingState(migration: Pick<AutomaticMigration, 'turn' | 'reloaded'>): LeaderDuty {
  return {
    name: 'migrate state',
    where: 'leader',
    everyMs: 15_000,
    reloaded: (state) => migration.reloaded(state),
    turn: (fence) => migration.turn(fence),
  };
}
