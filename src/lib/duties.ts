/** What a process does again and again for its rooms: the list that the control loop is given. */
import type { REST } from 'discord.js';
import type { RolloutsConfig } from '../config/Config.js';
import type { Notice } from './alerts/Card.js';
import { Dispatcher } from './alerts/dispatch/Dispatcher.js';
import type { Messenger } from './alerts/Messenger.js';
import type { Urgents } from './alerts/escalation/Urgents.js';
import { readNotice } from './alerts/noticeSchema.js';
import type { AlertSettings } from './alerts/routing/AlertSettings.js';
import { copiesOf } from './alerts/routing/copiesOf.js';
import { routesOf } from './alerts/routing/routesOf.js';
import { WebhookMessenger } from './alerts/routing/WebhookMessenger.js';
import type { Choices } from './choices/Choices.js';
import { escalating } from './control/duties/escalating.js';
import { deploying } from './control/duties/deploying.js';
import { declaring } from './control/duties/declaring.js';
import { digesting } from './control/duties/digesting.js';
import { dispatching } from './control/duties/dispatching.js';
import { forgettingFeedback } from './control/duties/forgettingFeedback.js';
import { judging } from './control/duties/judging.js';
import { keepingLastKnown } from './control/duties/keepingLastKnown.js';
import { keepingSnapshots } from './control/duties/keepingSnapshots.js';
import { flushing, tidying } from './control/duties/measuring.js';
import { migratingState } from './control/duties/migratingState.js';
import { handingOver, presenting, tidyingPresence } from './control/duties/presenting.js';
import { refreshing } from './control/duties/refreshing.js';
import { rollingBack } from './control/duties/rollingBack.js';
import { sealing } from './control/duties/sealing.js';
import { settingAside } from './control/duties/settingAside.js';
import { smokeTesting } from './control/duties/smokeTesting.js';
import { showing } from './control/duties/showing.js';
import { StateNews } from './control/duties/stateNews.js';
import { tellingFeedback } from './control/duties/tellingFeedback.js';
import type { Duty } from './control/Duty.js';
import { fanOut } from './control/FanOut.js';
import type { Deployments } from './deployments/Deployments.js';
import type { DeprecationUse } from './deprecations/DeprecationUse.js';
import { liveDeployments } from './discord/deployments/liveDeployments.js';
import type { House } from './discord/House.js';
import { RestLiveMessenger } from './discord/RestLiveMessenger.js';
import { RestMessenger } from './discord/RestMessenger.js';
import { cardLink } from './discord/rollbacks/cardLink.js';
import { liveRollbacks } from './discord/rollbacks/liveRollbacks.js';
import { liveRollouts } from './discord/rollouts/liveRollouts.js';
import type { FlagsService } from './flags/FlagsService.js';
import type { GoingBack } from './goingBack.js';
import type { HealthRoom } from './health/recording/HealthRoom.js';
import type { Rollouts } from './rollouts/Rollouts.js';
import type { SmokeRuns } from './smoke/runs/SmokeRuns.js';
import type { LastKnown } from './state/LastKnown.js';
import type { CommitRef, Store } from './state/Store.js';

/** How long a notice waits for the card that it links to, ms of real time. */
const cardWithinMs = 3_000;

export interface Rooms extends House {
  readonly config: RolloutsConfig;
  readonly store: Store;
  readonly flags: FlagsService;
  readonly rollouts: Rollouts;
  readonly health: HealthRoom;
  readonly choices: Choices;
  readonly deprecations: DeprecationUse;
  readonly smokeRuns: SmokeRuns;
  readonly deployments: Deployments;
  readonly alerts: AlertSettings;
  readonly urgents: Urgents;
}

export interface Outside {
  readonly rest: REST;
  readonly goingBack: GoingBack;
  /** Leaves leading to others. */
  readonly standBack: () => void;
  readonly lastKnown: LastKnown;
  /** The newest commit that this process knows of. */
  readonly head: () => CommitRef;
}

export function dutiesOf(
  rooms: Rooms,
  { rest, goingBack, standBack, lastKnown, head }: Outside,
): readonly Duty[] {
  const { store, flags, rollouts, health, choices, deprecations, feedback } = rooms;
  const { realTime, domainTime, logger, config } = rooms;
  const { guildId, channels, onCallRoleId, approverRoleIds } = config.staff;
  const messenger = new RestMessenger({
    ...{ rest, staffGuildId: guildId, channels, onCallRoleId, approverRoleIds, clock: realTime },
    overrides: rooms.overrides,
    linkTo: ({ id, waits = false }) => cardLink(rooms, id, waits ? cardWithinMs : 0),
  });
  const isOn = (feature: string): boolean =>
    flags.world.flags.get(feature) !== undefined && flags.overview(feature).guildsOn > 0;
  const dispatcher = new Dispatcher({
    store,
    ...alerting(rooms, messenger),
    clock: realTime,
    logger,
    expansions: { 'beta-fanout': fanOut({ store, noticesOf: ({ body }) => flags.noticesOf(body) }) },
  });
  return [
    dispatching(dispatcher),
    sealing(store.audit),
    digesting({ store, clock: domainTime, digest: () => flags.digest() }),
    new StateNews(store),
    refreshing(async () => {
      await flags.tick();
      await choices.comparisons.flush();
      await deprecations.flush();
    }),
    judging(rollouts),
    rollingBack(goingBack.rollbacks),
    migratingState(goingBack.migration),
    keepingSnapshots(goingBack.keeper),
    settingAside(goingBack.damage),
    deploying(rooms.deployments),
    smokeTesting(rooms.smokeRuns),
    escalating(rooms.urgents),
    presenting({ releases: goingBack.releases, standBack }),
    handingOver(goingBack.releases),
    tidyingPresence(goingBack.presence),
    showing({
      ...{ store, logger, clock: realTime, to: 'operations' },
      messenger: new RestLiveMessenger(rest, messenger),
      shown: async (known) => [
        ...(await liveRollouts(rooms, known)),
        ...liveRollbacks(rooms, known),
        ...liveDeployments(rooms, known),
      ],
    }),
    tellingFeedback({ store, feedback, domainTime, realTime, isOn }),
    forgettingFeedback({
      ...{ ledger: store.ledger, domainTime, realTime },
      // Guilds that were left are remembered for a month; of any other nobody can be sure.
      hasLeft: (id) => flags.directory.known(id) !== undefined && flags.directory.guild(id) === undefined,
    }),
    flushing(() => health.flush(), domainTime),
    tidying(() => health.tidy()),
    declaring(async () => void (await flags.declare(config.flags))),
    // Embedded state is on the same disk: there is nothing to fall back from.
    ...(config.state.redisUrl === undefined ? [] : [keepingLastKnown({ store, keep: lastKnown, head })]),
  ];
}

/** Who else is told, and how often, as `deployments.yaml` says. */
function alerting({ store, alerts, urgents }: Rooms, discord: Messenger) {
  const { routes, webhooks, messagesAMinute } = alerts;
  const variables = new Map(webhooks.map(({ name, urlEnv }) => [name, urlEnv]));
  return {
    urgents,
    messagesAMinute,
    messenger: new WebhookMessenger({
      discord,
      urlOf: (name) => process.env[variables.get(name) ?? ''],
    }),
    routing: {
      applies: (notice: Notice) => routesOf(notice, routes).length > 0,
      expand: fanOut({
        store,
        noticesOf: (entry) => {
          const notice = readNotice(entry.body);
          return 'problem' in notice ? [] : copiesOf(entry, notice, routesOf(notice, routes));
        },
      }),
    },
  };
}
