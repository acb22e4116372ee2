/** Why people go back. The judge and the drill have triggers of their own, which nobody picks. */
import { triggerTitles } from '../../alerts/wording/rollbackFacts.js';
import type { RollbackTrigger } from '../../rollbacks/documents.js';

export const manualTriggers = [
  'security',
  'data-corruption',
  'external-dependency',
  'compliance',
  'other',
] as const satisfies readonly RollbackTrigger[];

export type ManualTrigger = (typeof manualTriggers)[number];

export const readTrigger = (text: string | undefined): ManualTrigger | undefined =>
  manualTriggers.find((name) => name === text);

export const triggerTitle = (trigger: RollbackTrigger): string => triggerTitles[trigger] ?? trigger;
