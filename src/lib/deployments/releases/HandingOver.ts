/** One handover from its wish to its moment. Whoever calls carries it on: nothing of it lives in this process. */
import { newId, type RandomBytes } from '../../core/ids.js';
import { releaseAnswers } from '../../alerts/wording/releases.js';
import type { Stamp } from '../../flags/documents.js';
import type { Presence } from '../../presence/Presence.js';
import type { ProcessPresence } from '../../presence/PresenceRoom.js';
import { Conflict, TooLate } from '../../state/errors.js';
import { isComplete, uncovered } from './coverage.js';
import type { ReleasesDocument } from './documents.js';
import type { ReleasesState } from './ReleasesState.js';
import { aheadMs, plannedWithinMs } from './Sight.js';
import { asked, changedOver, earliest, isRolledBack, withdrawn } from './turns.js';

export interface Wish {
  readonly to: string;
  readonly by: Stamp & { readonly name?: string };
  readonly why: string;
  /** The release that answers now is not to be promoted by itself any more. */
  readonly marksRolledBack?: boolean;
}

export type Progress =
  | { readonly is: 'done'; readonly document: ReleasesDocument | undefined }
  | { readonly is: 'waiting'; readonly silent: readonly ProcessPresence[]; readonly since: number };

export class HandingOver {
  public constructor(
    private readonly state: ReleasesState,
    private readonly presence: Pick<Presence, 'living'>,
    private readonly random: RandomBytes | undefined,
  ) {}

  /** Who would be without an answer: shards that others serve, and that release does not. Null: nobody runs it. */
  public async missing(to: string): Promise<readonly string[] | null> {
    const living = await this.presence.living();
    const its = living.filter(({ release }) => release === to);
    if (its.length === 0) return null;
    if (isComplete(its)) return [];
    return uncovered(
      living.filter(({ release }) => release !== to),
      its,
    );
  }

  /** Prepares it. What is asked for already, and what is so already, changes nothing. */
  public async ask(document: ReleasesDocument, wish: Wish, now: number): Promise<ReleasesDocument> {
    const { to, by, why, marksRolledBack = false } = wish;
    const { active, handover } = document;
    const { name: _, ...stamp } = by;
    const rolledBack = marksRolledBack ? stamp : undefined;
    if (active.release === to) {
      if (handover === null) return document;
      const next = withdrawn(document, rolledBack);
      return this.state.write(document, next, said(`${to} goes on answering`, by, why));
    }
    const isMarked = !marksRolledBack || isRolledBack(document, active.release);
    if (handover?.to === to && isMarked) return document;
    const next = { id: newId(20, this.random), to, why, by: stamp, since: now };
    return this.state.write(
      document,
      asked(document, next, rolledBack),
      said(`Hand over from ${active.release} to ${to}`, by, why),
    );
  }

  /** One step on: sets the moment where nobody is waited for any more. Throws Unavailable, Damaged. */
  public async advance(): Promise<Progress> {
    const { document } = await this.state.look();
    if (document === undefined || document.handover === null) return { is: 'done', document };
    const { handover } = document;
    // Counted after the prepared document was read: a process that is not among them reads it before it answers.
    const living = await this.presence.living();
    try {
      if (!living.some(({ release }) => release === handover.to)) return await this.takeBack(document);
      const silent = living.filter(({ prepared }) => prepared !== handover.id);
      if (silent.length > 0) return { is: 'waiting', silent, since: handover.since };
      return await this.change(document);
    } catch (error) {
      // Somebody else was faster, or the store too slow: the next step sees how it stands.
      if (!(error instanceof Conflict) && !(error instanceof TooLate)) throw error;
      return { is: 'waiting', silent: [], since: handover.since };
    }
  }

  private async change(document: ReleasesDocument): Promise<Progress> {
    const { handover, active } = document;
    if (handover === null) return { is: 'done', document };
    const planned = await this.state.time();
    const since = Math.max(planned + aheadMs, earliest(document));
    const { to, by, why } = handover;
    const isLastResort = isRolledBack(document, to) && by.by.startsWith('system:');
    const card = releaseAnswers({ release: to, previous: active.release, why, isLastResort });
    const changed = await this.state.write(
      document,
      changedOver(document, handover, since, !isLastResort),
      { ...said(`${to} answers, no longer ${active.release}`, by, why), card, pingOnCall: isLastResort },
      planned + plannedWithinMs,
    );
    return { is: 'done', document: changed };
  }

  /** The release that was to answer is gone again: who answers now goes on. */
  private async takeBack(document: ReleasesDocument): Promise<Progress> {
    const { handover, active } = document;
    const why = `No process of ${handover?.to ?? ''} lives any more.`;
    const by = { by: 'system:releases', at: handover?.by.at ?? 0 };
    const title = `${active.release} goes on answering`;
    return {
      is: 'done',
      document: await this.state.write(document, withdrawn(document), said(title, by, why)),
    };
  }
}

function said(title: string, { by, name }: Stamp & { readonly name?: string }, reason: string) {
  return { title, by: { id: by, name: name ?? by.replace(/^system:/, '') }, reason };
}
