/** What every view gets: the state, the session to act on, the reader's clock and the names behind ids. */
import { domainTimeAt } from '../../../lib/core/Pace.js';
import type { PageGuild, PageSnapshot } from '../../pageApi.js';
import type { Names } from '../markdown/nodes.js';
import { channelsOf, guildOf, type PageState } from '../session/PageState.js';
import type { Session } from '../session/Session.js';

export interface Draw {
  readonly state: PageState;
  readonly snapshot: PageSnapshot;
  readonly session: Session;
  /** The open channel's guild; undefined in direct messages. */
  readonly guild: PageGuild | undefined;
  readonly names: Names;
  /** ms since epoch. */
  readonly nowMs: number;
  /** The bot's time, which may run faster; ms since epoch. */
  readonly domainNowMs: number;
  readonly locale: string;
}

/** The names that this person can see. */
export function namesIn(snapshot: PageSnapshot, guild: PageGuild | undefined): Names {
  const people = new Map([...snapshot.people, snapshot.me, snapshot.bot].map(({ id, name }) => [id, name]));
  const roles = new Map((guild?.roles ?? []).map(({ id, name }) => [id, name.replace(/^@/, '')]));
  const channels = new Map(channelsOf(snapshot).map(({ id, name }) => [id, name]));
  return {
    user: (id) => people.get(id),
    role: (id) => roles.get(id),
    channel: (id) => channels.get(id),
  };
}

export function drawing(session: Session, snapshot: PageSnapshot, nowMs: number, locale: string): Draw {
  const { state } = session;
  const guild = guildOf(snapshot, state.channelId);
  const { simulation } = snapshot;
  const domainNowMs = simulation === null ? nowMs : domainTimeAt(simulation.pace, nowMs);
  return { state, snapshot, session, guild, names: namesIn(snapshot, guild), nowMs, domainNowMs, locale };
}
