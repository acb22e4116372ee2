import { container } from '@sapphire/framework';
import { Routes, type RESTGetAPIGatewayBotResult } from 'discord.js';
import { probeEndpoint } from '../lib/smoke/probes/probeEndpoint.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** Fewer identifies than this left today, and the next restart may fail. */
const fewStarts = 10;

/** What the bot cannot do without, outside: Discord's REST, and the endpoints that `deployments.yaml` names. */
export class ExternalApisSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    super(context, { ...options, description: "Discord's REST and the configured HTTP endpoints answer" });
  }

  public override async run({ signal, progress }: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { rollouts } = container;
    const { endpoints } = rollouts.smokeRuns.settings;
    progress("asking Discord's REST");
    const discord = await this.discord(signal);
    if (endpoints.length > 0) progress(`asking ${endpoints.map(({ name }) => name).join(', ')}`);
    const asked = endpoints.map((one) => probeEndpoint(one, { clock: rollouts.realTime, signal }));
    return [...discord, ...(await Promise.all(asked))];
  }

  private async discord(signal: AbortSignal): Promise<readonly SmokeFinding[]> {
    const what = "Discord's REST answers";
    try {
      const answer = await container.client.rest.get(Routes.gatewayBot(), { signal });
      const { remaining, total } = (answer as RESTGetAPIGatewayBotResult).session_start_limit;
      const enough = remaining >= Math.min(fewStarts, total);
      const detail = `Only ${remaining} of ${total} are left today. Do not restart the bot until tomorrow.`;
      return [
        { what, ok: true, detail: '' },
        { what: 'the gateway may be connected to again', ok: enough, detail: enough ? '' : detail },
      ];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return [{ what, ok: false, detail: `${why}. See https://discordstatus.com, then the token.` }];
    }
  }
}
