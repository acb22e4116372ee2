/** A folder of plan files, as a bot's owner would keep it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PlansFolder {
  /** What ROLLOUT_PLANS is set to. */
  readonly path: string;
  write(name: string, strategy: string): void;
  remove(): void;
}

/** @param plans what stands under `rollout_strategy:`, by the plan's name */
export function plansFolder(plans: Readonly<Record<string, string>>): PlansFolder {
  const path = mkdtempSync(join(tmpdir(), 'rollouts-plans-'));
  const write = (name: string, strategy: string): void =>
    writeFileSync(
      join(path, `${name}.yaml`),
      `rollout_strategy:\n  ${strategy.trim().replaceAll('\n', '\n  ')}\n`,
    );
  for (const [name, strategy] of Object.entries(plans)) write(name, strategy);
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}
