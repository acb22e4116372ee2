/** The one door of this folder: a change as data in, what it would write out. */
import type { FlagChange } from '../changes.js';
import { planAnswer, planChannel, planJoin, planKeepOff, planKeepOffEnd, planLeave } from './beta.js';
import { planCohortAdd, planCohortCreate, planCohortDelete, planCohortRemove } from './cohorts.js';
import { planCreate, planEdit } from './facts.js';
import { planCohortOverride, planGuildOverride } from './overrides.js';
import type { Plan, Planning } from './Plan.js';
import { planRollout } from './rollout.js';
import {
  planArchive,
  planDisable,
  planEnable,
  planKill,
  planKillAll,
  planRestore,
  planUnkill,
  planUnkillAll,
} from './serving.js';

/** An undo is planned from the audit ({@link planUndo}), everything else from the documents alone. */
export type PlainChange = Exclude<FlagChange, { readonly do: 'undo' }>;

export function planChange(planning: Planning, change: PlainChange): Plan {
  switch (change.do) {
    case 'create':
      return planCreate(planning, change.flag, change.facts, change.declared);
    case 'edit':
      return planEdit(planning, change.flag, change.facts);
    case 'enable':
      return planEnable(planning, change.flag, change.basisPoints);
    case 'disable':
      return planDisable(planning, change.flag);
    case 'kill':
      return planKill(planning, change.flag);
    case 'unkill':
      return planUnkill(planning, change.flag);
    case 'archive':
      return planArchive(planning, change.flag);
    case 'restore':
      return planRestore(planning, change.flag);
    case 'rollout':
      return planRollout(planning, change.flag, change.serves);
    case 'kill-all':
      return planKillAll(planning);
    case 'unkill-all':
      return planUnkillAll(planning);
    case 'allow':
    case 'deny':
    case 'clear':
      return planGuildOverride(planning, change.flag, change.guild, change.do);
    case 'allow-cohort':
      return planCohortOverride(planning, change.flag, change.cohort, 'allow');
    case 'deny-cohort':
      return planCohortOverride(planning, change.flag, change.cohort, 'deny');
    case 'clear-cohort':
      return planCohortOverride(planning, change.flag, change.cohort, 'clear');
    case 'cohort-create':
      return planCohortCreate(planning, change.cohort, change.description ?? '', change.guilds ?? []);
    case 'cohort-add':
      return planCohortAdd(planning, change.cohort, change.guilds);
    case 'cohort-remove':
      return planCohortRemove(planning, change.cohort, change.guilds);
    case 'cohort-delete':
      return planCohortDelete(planning, change.cohort);
    case 'beta-join':
      return planJoin(planning, change.flag, change.guild);
    case 'beta-leave':
      return planLeave(planning, change.flag, change.guild);
    case 'keep-off':
      return planKeepOff(planning, change.flag, change.guild);
    case 'keep-off-end':
      return planKeepOffEnd(planning, change.flag, change.guild);
    case 'beta-approve':
      return planAnswer(planning, change.flag, change.guild, 'approved');
    case 'beta-decline':
      return planAnswer(planning, change.flag, change.guild, 'declined');
    case 'beta-channel':
      return planChannel(planning, change.guild, change.channelId);
  }
}
