/** Starts rollouts: what it would do, what a person has to confirm, and the cohorts that their guilds become. */
import type { Clock } from '../../core/Clock.js';
import type { RandomBytes } from '../../core/ids.js';
import type { FlagsService } from '../../flags/FlagsService.js';
import type { RolloutDocument } from '../documents.js';
import { StaleRollout } from '../errors.js';
import type { Plan } from '../plans/Plan.js';
import type { StartOutcome, StartProposal, StartRequest } from '../RolloutsRoom.js';
import type { Asking } from './Asking.js';
import { begun, drafted, proposalOf, type Starting } from './starting.js';

export interface StarterOptions {
  readonly flags: FlagsService;
  readonly asking: Asking;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly hasApprovers: boolean;
  readonly plan: (name: string | undefined) => Plan;
}

export class Starter {
  public constructor(private readonly options: StarterOptions) {}

  public async propose(request: StartRequest): Promise<StartProposal> {
    const { starting } = this;
    return proposalOf(drafted(request, this.options.plan(request.plan), starting), request, starting);
  }

  public async start(request: StartRequest): Promise<StartOutcome> {
    const { starting } = this;
    const document = drafted(request, this.options.plan(request.plan), starting);
    const proposal = await proposalOf(document, request, starting);
    const { confirmed } = request;
    if (confirmed !== undefined && confirmed.flagVersion !== proposal.flagVersion) {
      throw new StaleRollout('the flag was changed while you decided');
    }
    if (confirmed === undefined && proposal.needsConfirmation) return { status: 'confirm', proposal };
    await this.keepCohorts(request, document);
    return this.options.asking.begin(begun(document), request);
  }

  /** Guilds that were named for targets without meaning: the next plan finds them by that name. */
  private async keepCohorts({ guilds, by }: StartRequest, { plan }: RolloutDocument): Promise<void> {
    if (guilds === undefined) return;
    const { flags } = this.options;
    const names = new Set(plan.steps.flatMap(({ targetGuilds }) => targetGuilds));
    for (const name of names) {
      const isName = /^[a-z0-9][a-z0-9_-]{0,63}$/.test(name) && !/^\d{17,20}$/.test(name);
      const isKnown =
        flags.world.cohorts.get(name) !== undefined || flags.directory.search(name, 1)[0]?.name === name;
      if (!isName || isKnown) continue;
      const description = `Targets of the plan ${plan.name}.`;
      await flags.change({ change: { do: 'cohort-create', cohort: name, description, guilds }, by });
    }
  }

  private get starting(): Starting {
    const { flags, random, clock, hasApprovers } = this.options;
    return { flags, random, now: clock.now(), hasApprovers };
  }
}
