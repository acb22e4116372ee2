/** Everything a person can ask of the flags, as data. Each is planned by one pure function and applied by one commit. */
import type { BetaMode, FlagKind } from './documents.js';

/** Who asks. Rights were checked before; this is for the audit and the wording. */
export interface Actor {
  /** A user's id, or `system:<what>`. */
  readonly id: string;
  /** As people know them; shown escaped. */
  readonly name: string;
}

/** Editable facts of a flag; an absent one stays as it is, null clears it. */
export interface FlagFacts {
  readonly description?: string;
  readonly kind?: FlagKind;
  readonly owner?: string | null;
  readonly beta?: BetaMode;
  readonly optOut?: 'until-release' | 'always';
  readonly requires?: readonly string[];
  readonly expiresAt?: number | null;
  readonly seed?: string | null;
}

/** What a rollout, or a rollback, makes of its flag; what is absent stays as it is. */
export interface RolloutServing {
  /** One line for people: `Roll out new_greeting to 5 % of guilds`. */
  readonly title: string;
  /** Null where the rollout lets go of the flag. */
  readonly rollout: { readonly id: string; readonly targets: readonly string[] } | null;
  readonly enabled?: boolean;
  readonly basisPoints?: number;
  /** Turns it off by the kill switch. */
  readonly kills?: boolean;
  /** Of a gradual rollback: raw 32-bit position at and above which it is off; null = it is over. */
  readonly ceiling?: number | null;
}

export type FlagChange =
  | { readonly do: 'create'; readonly flag: string; readonly facts: FlagFacts; readonly declared?: boolean }
  | { readonly do: 'edit'; readonly flag: string; readonly facts: FlagFacts }
  /** Alone: 100 %. */
  | { readonly do: 'enable'; readonly flag: string; readonly basisPoints?: number }
  | { readonly do: 'disable'; readonly flag: string }
  | { readonly do: 'allow' | 'deny' | 'clear'; readonly flag: string; readonly guild: string }
  | {
      readonly do: 'allow-cohort' | 'deny-cohort' | 'clear-cohort';
      readonly flag: string;
      readonly cohort: string;
    }
  | { readonly do: 'kill' | 'unkill' | 'archive' | 'restore'; readonly flag: string }
  | { readonly do: 'kill-all' | 'unkill-all' }
  | {
      readonly do: 'cohort-create';
      readonly cohort: string;
      readonly description?: string;
      readonly guilds?: readonly string[];
    }
  | {
      readonly do: 'cohort-add' | 'cohort-remove';
      readonly cohort: string;
      readonly guilds: readonly string[];
    }
  | { readonly do: 'cohort-delete'; readonly cohort: string }
  | {
      readonly do: 'beta-join' | 'beta-leave' | 'keep-off' | 'keep-off-end';
      readonly flag: string;
      readonly guild: string;
    }
  | { readonly do: 'beta-approve' | 'beta-decline'; readonly flag: string; readonly guild: string }
  | { readonly do: 'beta-channel'; readonly guild: string; readonly channelId: string | null }
  /** Of the rooms of rollouts and rollbacks alone: what they serve. */
  | { readonly do: 'rollout'; readonly flag: string; readonly serves: RolloutServing }
  /** Takes back one entry of the audit, if what it changed is still as it left it. */
  | { readonly do: 'undo'; readonly entry: string };
