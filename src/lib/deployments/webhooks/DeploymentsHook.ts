/** `POST /hooks/deployments`: events of one's own CI, signed with the secret that both know. Each is taken once. */
import { createHash } from 'node:crypto';
import type { Json } from '../../core/Json.js';
import { RolloutError } from '../../core/RolloutError.js';
import type { Hook, HookAnswer, HookRequest } from '../../http/Hook.js';
import type { DeploymentDocument } from '../documents.js';
import { standing } from '../life/standing.js';
import { failed, isRefusal, malformed, refused, taken, unsigned } from './answers.js';
import { type DeploymentEvent, readEvent } from './deploymentEvent.js';
import type { HookOptions, TakeMetrics } from './HooksRoom.js';
import { signatureHeader, timestampHeader, verify } from './signature.js';

const why = {
  missing: `There is no ${timestampHeader} or no ${signatureHeader}.`,
  malformed: `${timestampHeader} is in seconds, and ${signatureHeader} is sha256= and 64 digits.`,
  wrong: 'The signature is not that of this body and this secret.',
  late: 'It was signed more than five minutes ago, or one of the two clocks is wrong.',
} as const;

const by = { id: 'system:webhook', name: 'The deployment webhook' } as const;

export class DeploymentsHook implements Hook {
  /** Signatures that are being taken in: the same twice in one moment is one. */
  private readonly underWay = new Set<string>();

  public constructor(private readonly options: HookOptions & { readonly takeMetrics?: TakeMetrics }) {}

  public async take({ header, body }: HookRequest): Promise<HookAnswer> {
    const { secret, realTime } = this.options;
    const timestamp = header(timestampHeader);
    const signature = header(signatureHeader);
    const signed = {
      ...(timestamp !== undefined && { timestamp }),
      ...(signature !== undefined && { signature }),
    };
    const verdict = verify(body, signed, secret, realTime.now());
    if (verdict !== 'ok') return unsigned(why[verdict], verdict === 'late' ? 'late' : 'unsigned');
    const read = readEvent(body);
    if ('why' in read) return malformed(read.why, read.next);
    const delivery = `hook.${createHash('sha256').update(`${timestamp}.${signature}`).digest('hex')}`;
    if (this.underWay.has(delivery)) return replayed();
    this.underWay.add(delivery);
    try {
      return await this.once(read.event, read.json, delivery, Number(timestamp) * 1_000);
    } catch (error) {
      return failed(error);
    } finally {
      this.underWay.delete(delivery);
    }
  }

  private async once(event: DeploymentEvent, json: Json, delivery: string, at: number): Promise<HookAnswer> {
    const { store, deployments } = this.options;
    if ((await store.outcome(delivery)) !== undefined) return replayed();
    if (event.event === 'metrics') return this.metrics(json, delivery);
    try {
      return taken(await this.act(event, delivery, at));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { version, environment } = event;
      const said = { why: error.message, next: error.next };
      await deployments.refuse({ version, environment, by, delivery, ...said });
      return refused(error);
    }
  }

  private async act(
    event: Exclude<DeploymentEvent, { event: 'metrics' }>,
    delivery: string,
    at: number,
  ): Promise<string> {
    const { deployments } = this.options;
    const { environment, version } = event;
    if (event.event === 'gate') {
      await deployments.takeGate(event.gate, environment, { by, delivery });
      return `The gate of ${version} is kept: it ${event.gate.verdict}.`;
    }
    const origin = { ref: null, commit: null, at };
    const { summary, link } = event;
    const ask = {
      ...{ by, version, source: 'webhook' as const, origin, delivery },
      ...(summary !== undefined && { summary, reason: summary }),
      ...(link !== undefined && { link }),
    };
    switch (event.event) {
      case 'started':
        return said(await deployments.start({ ...ask, environment }));
      case 'finished':
        return said(await deployments.finish(environment, ask));
      case 'failed':
        return said(await deployments.fail(environment, ask));
    }
  }

  private async metrics(json: Json, delivery: string): Promise<HookAnswer> {
    const { takeMetrics } = this.options;
    if (takeMetrics === undefined) return malformed('Figures are not taken here.');
    try {
      return taken(await takeMetrics(json, delivery));
    } catch (error) {
      // A store that is away is no fault of the figures.
      if (error instanceof RolloutError && error.code === 'BAD_METRICS')
        return malformed(error.message, error.next);
      throw error;
    }
  }
}

const said = (document: DeploymentDocument): string => `${standing(document)}.`;

function replayed(): HookAnswer {
  const message = 'This very message was taken before. Sign a new one to say it again.';
  return { status: 409, outcome: 'replayed', body: { ok: false, code: 'REPLAYED', message } };
}
