/** `POST /hooks/github`: what GitHub tells of deployments, releases and workflows. A redelivery does nothing. */
import { Buffer } from 'node:buffer';
import type { Hook, HookAnswer, HookRequest } from '../../http/Hook.js';
import { standing } from '../life/standing.js';
import { failed, ignored, isRefusal, malformed, refused, taken, unsigned } from './answers.js';
import { jsonOf } from './deploymentEvent.js';
import { type GithubEvent, type GithubTold, readGithubEvent } from './githubEvent.js';
import type { HookOptions } from './HooksRoom.js';

export class GithubHook implements Hook {
  public constructor(private readonly options: HookOptions) {}

  public async take({ header, body }: HookRequest): Promise<HookAnswer> {
    const { secret, store } = this.options;
    const signature = header('X-Hub-Signature-256') ?? '';
    if (signature === '')
      return unsigned('There is no X-Hub-Signature-256: set the secret of the webhook on GitHub.');
    if (body.length === 0) return unsigned('There is no body.');
    // Loaded where it is needed: it comes as an ES module only.
    const { verify } = await import('@octokit/webhooks-methods');
    const text = Buffer.from(body).toString('utf8');
    if (!(await verify(secret, text, signature)))
      return unsigned('The signature is not that of this body and this secret.');
    const guid = header('X-GitHub-Delivery') ?? '';
    const name = header('X-GitHub-Event') ?? '';
    if (!/^[\w-]{8,100}$/.test(guid) || name === '')
      return malformed('There is no X-GitHub-Delivery or no X-GitHub-Event.');
    const json = jsonOf(body);
    if (json === undefined) return malformed('The body is no JSON. Choose application/json on GitHub.');
    const event = readGithubEvent(name, json);
    if (event.is === 'malformed') return malformed(`The event is not understood: ${event.why}`);
    if (event.is === 'ignored') return ignored(event.why);
    const delivery = `github.${guid}`;
    try {
      const isKnown = (await store.outcome(delivery)) !== undefined;
      return isKnown ? known() : await this.act(event, delivery);
    } catch (error) {
      return failed(error);
    }
  }

  private async act(
    event: Exclude<GithubEvent, { is: 'malformed' | 'ignored' }>,
    delivery: string,
  ): Promise<HookAnswer> {
    const { deployments } = this.options;
    const by = { id: 'system:github', name: `${event.login} on GitHub` };
    if (event.is === 'heard') {
      const { commit, tone, text } = event;
      const heard = await deployments.hear({ commit, tone, text, by, delivery });
      return heard === undefined ? ignored('No deployment of that commit is under way.') : taken(text);
    }
    try {
      return await this.tell(event, by, delivery);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { version, environment } = event;
      // A release is no deployment: that another version is under way is nothing that people must hear of.
      if (event.is === 'released') return ignored(error.message);
      const said = { why: error.message, next: error.next };
      await deployments.refuse({ version, environment, by, delivery, ...said });
      return refused(error);
    }
  }

  private async tell(
    { is, version, environment, summary, link, origin }: GithubTold,
    by: { readonly id: string; readonly name: string },
    delivery: string,
  ): Promise<HookAnswer> {
    const { deployments } = this.options;
    const ask = {
      ...{ by, version, source: 'github' as const, origin, delivery },
      ...(summary !== undefined && { summary }),
      ...(link !== undefined && { link }),
    };
    // Published after it was deployed, as most are.
    if (is === 'released' && deployments.list({ environment }).some((one) => one.version === version))
      return ignored(`${version} is known already.`);
    const document =
      is === 'finished'
        ? await deployments.finish(environment, ask)
        : is === 'failed'
          ? await deployments.fail(environment, { ...ask, ...(summary !== undefined && { reason: summary }) })
          : await deployments.start({ ...ask, environment, isAhead: is !== 'started' });
    return taken(`${standing(document)}.`);
  }
}

function known(): HookAnswer {
  return { status: 200, outcome: 'replayed', body: { ok: true, message: 'This delivery was taken before.' } };
}
