import type { ButtonInteraction } from 'discord.js';
import type { Card } from '../lib/alerts/Card.js';
import { betaListCard, betasAction } from '../lib/discord/betaCards.js';
import { cohortListCard, cohortsAction } from '../lib/discord/cohortCards.js';
import { historyAction, historyCard } from '../lib/discord/historyCard.js';
import { feedbackAction, feedbackCard } from '../lib/discord/feedback/cards.js';
import { filterFromArgs, listAction, listCard } from '../lib/discord/listCard.js';
import {
  plansAction,
  plansCard,
  rolloutListCard,
  rolloutsAction,
} from '../lib/discord/rollouts/listCards.js';
import { snapshotsAction, snapshotsCard } from '../lib/discord/recovery/cards.js';
import { deploymentHistoryCard, deploymentsAction } from '../lib/discord/deployments/cards.js';
import { rollbackHistoryCard, rollbacksAction } from '../lib/discord/rollbacks/historyCard.js';
import { smokeHistoryCard, smokeRunsAction } from '../lib/discord/smoke/cards.js';
import type { Need } from '../lib/discord/rights.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

interface PagedList {
  readonly needs: Need;
  page(turn: Turn, args: readonly string[]): Card | Promise<Card>;
}

/** By the action of their buttons. Everything a page needs is in its button, so that it works after a restart. */
const lists: Readonly<Record<string, PagedList>> = {
  [listAction]: {
    needs: 'look',
    page: ({ house }, [number, ...filter]) => listCard(house.flags, filterFromArgs(filter), Number(number)),
  },
  [historyAction]: {
    needs: 'look',
    page: ({ house }, [flag, before]) => historyCard(house.flags, flag || undefined, before || undefined),
  },
  [cohortsAction]: {
    needs: 'look',
    page: ({ house }, [number, name]) => cohortListCard(house.flags, name || undefined, Number(number)),
  },
  [rolloutsAction]: {
    needs: 'look',
    page: async ({ house }, [number, open]) => {
      const isOpen = open === 'open';
      const all = await house.rollouts.list(isOpen ? { isOpen } : {});
      return rolloutListCard(all, isOpen, Number(number), house);
    },
  },
  [plansAction]: {
    needs: 'look',
    page: ({ house }, [number]) => plansCard(house.rollouts.plans(), Number(number)),
  },
  [rollbacksAction]: {
    needs: 'look',
    page: ({ house }, [number]) => rollbackHistoryCard(house.rollbacks.list(), Number(number)),
  },
  [deploymentsAction]: {
    needs: 'look',
    page: ({ house }, [number]) => deploymentHistoryCard(house.deployments.list(), Number(number), house),
  },
  [smokeRunsAction]: {
    needs: 'look',
    page: ({ house }, [number]) => smokeHistoryCard(house.smokeRuns.list(), Number(number)),
  },
  [snapshotsAction]: {
    needs: 'look',
    page: async ({ house }, [number]) => snapshotsCard(await house.recovery.snapshots(), Number(number)),
  },
  [feedbackAction]: {
    needs: 'look',
    page: async ({ house }, [number, feature = '']) =>
      feedbackCard(feature, await house.feedback.texts(feature), Number(number), house),
  },
  [betasAction]: {
    needs: 'manager',
    page: ({ house, person }, [number]) => betaListCard(house.flags, person.guildId ?? '', Number(number)),
  },
};

/** Previous, Next, Older, Newest: the page takes the place of the one before. */
export class PageButtons extends RolloutsButton {
  protected override readonly actions = Object.keys(lists);
  protected override readonly onlyShows = true;
  protected override readonly place = 'same';

  protected override async press(
    turn: Turn<ButtonInteraction>,
    action: string,
    args: readonly string[],
  ): Promise<void> {
    const list = lists[action];
    if (list === undefined) throw new Error(`No list has the action "${action}".`);
    turn.require(list.needs);
    await turn.show(await list.page(turn, args));
  }
}
