import { unknownWebhooks } from './alertsSection.js';
import type { WrittenFile } from './schema.js';

export interface Unsound {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Each value is what it may be, and the file as a whole would still do harm. */
export function unsound({ driver, recovery, alerts }: WrittenFile): readonly Unsound[] {
  return [
    ...(driver === undefined ? [] : sameTwice(driver)),
    ...(recovery?.database ? noFile(recovery.database) : []),
    ...(alerts === undefined ? [] : noWebhook(alerts)),
  ];
}

/** Taking down what was just brought up is the one thing a rollback must never do. */
function sameTwice(driver: NonNullable<WrittenFile['driver']>): readonly Unsound[] {
  if (driver.use === 'kubernetes' && driver.new.deployment === driver.stable.deployment) {
    return [
      {
        path: ['driver', 'stable', 'deployment'],
        message: `new and stable are the same deployment ${driver.new.deployment}; expected two`,
      },
    ];
  }
  if (driver.use !== 'pm2') return [];
  const names = (name: string | string[]): string[] => [name].flat();
  const shared = names(driver.stable.name).find((name) => names(driver.new.name).includes(name));
  if (shared !== undefined) {
    const message = `new and stable share the app ${shared}; expected different ones`;
    return [{ path: ['driver', 'stable', 'name'], message }];
  }
  return (['new', 'stable'] as const).flatMap((side) => {
    const { name, instances, ready } = driver[side];
    const processes = names(name).length * instances;
    if (ready.length <= processes) return [];
    const message = `${ready.length} addresses for ${processes} processes; expected at most one each`;
    return [{ path: ['driver', side, 'ready'], message }];
  });
}

function noWebhook(alerts: NonNullable<WrittenFile['alerts']>): readonly Unsound[] {
  return unknownWebhooks(alerts).map(({ route, name }) => ({
    path: ['alerts', 'routes', route, 'to'],
    message: `${name} is neither a staff channel nor one of webhooks; expected one of them`,
  }));
}

function noFile(database: NonNullable<NonNullable<WrittenFile['recovery']>['database']>): readonly Unsound[] {
  return (['backup', 'verify', 'restore'] as const).flatMap((name) => {
    const names = database[name]?.some((argument) => argument.includes('{file}')) ?? true;
    const message = `${name} never names {file}; expected it where the path of the backup belongs`;
    return names ? [] : [{ path: ['recovery', 'database', name], message }];
  });
}
