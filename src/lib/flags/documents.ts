/** The documents of this room as they stand in state. Changing a shape means raising `schema` and writing a migration. */

export const flagKinds = ['release', 'ops', 'experiment', 'permission'] as const;
export type FlagKind = (typeof flagKinds)[number];

/** `closed`: only staff decide · `open`: a guild joins by itself · `approval`: a guild asks, staff decide. */
export const betaModes = ['closed', 'open', 'approval'] as const;
export type BetaMode = (typeof betaModes)[number];

/** Who did something, when, and why. */
export interface Stamp {
  /** A user's id, or `system:<what>` where no person stood behind it. */
  readonly by: string;
  /** Domain time, ms since epoch. */
  readonly at: number;
  readonly reason?: string;
}

export type Override = 'allow' | 'deny';

/** `flags:<key>` */
export interface FlagDocument {
  readonly v: number;
  readonly schema: 1;
  readonly key: string;
  readonly description: string;
  readonly kind: FlagKind;
  /** Free text: a team, a person. */
  readonly owner: string | null;
  readonly beta: BetaMode;
  readonly optOut: 'until-release' | 'always';
  readonly enabled: boolean;
  /** 0…10000, hundredths of a percent. */
  readonly basisPoints: number;
  /** What the position is hashed from; null = the key. Flags that must share their guilds share a seed. */
  readonly seed: string | null;
  readonly algo: 1;
  readonly killed: Stamp | null;
  readonly archived: Stamp | null;
  readonly requires: readonly string[];
  readonly cohorts: Readonly<Record<string, { readonly override: Override } & Stamp>>;
  /** Raw 32-bit position at and above which a gradual rollback has turned it off; null = none in progress. */
  readonly ceiling: number | null;
  /** The running rollout and the guilds that it names as targets, gone with it; null = none. */
  readonly rollout: { readonly id: string; readonly targets: readonly string[] } | null;
  /** Domain time, ms since epoch. */
  readonly expiresAt: number | null;
  readonly created: Stamp;
  readonly updated: Stamp;
  /** Since when `enabled`, `basisPoints` and `killed` are what they are. */
  readonly servedSince: number;
  /** True where the flag was declared by the bot's code. */
  readonly declared: boolean;
}

/** What one guild has of its own for one flag. */
export interface GuildEntry {
  /** Staff's decision. */
  readonly override?: { readonly is: Override } & Stamp;
  /** The guild's own wish to be in the beta. */
  readonly joined?: Stamp;
  /** Staff's answer to it, where the flag asks for one. */
  readonly answer?: { readonly is: 'approved' | 'declined' } & Stamp;
  /** The guild's own wish to stay out. */
  readonly keepOff?: Stamp;
}

/** `guilds:<id>` */
export interface GuildDocument {
  readonly v: number;
  readonly schema: 1;
  readonly id: string;
  readonly entries: Readonly<Record<string, GuildEntry>>;
  /** Where the guild hears about its betas; null = nowhere. */
  readonly channelId: string | null;
}

/** `cohorts:<name>` */
export interface CohortDocument {
  readonly v: number;
  readonly schema: 1;
  readonly name: string;
  readonly description: string;
  readonly guilds: readonly string[];
  readonly created: Stamp;
  readonly updated: Stamp;
}

/** `settings:freeze`: nothing may be widened. */
export interface FreezeDocument {
  readonly v: number;
  readonly schema: 1;
  readonly freeze: Freeze | null;
}

export interface Freeze extends Stamp {
  /** Whoever began it, as people know them. */
  readonly name: string;
  readonly reason: string;
  /** Domain time, ms since epoch; null = until someone stops it. */
  readonly until: number | null;
  /** True for an open incident: rollouts are paused, not only held. */
  readonly isIncident: boolean;
}

/** `settings:switch`: the kill switch for everything. */
export interface SwitchDocument {
  readonly v: number;
  readonly schema: 1;
  readonly off: Stamp | null;
}
