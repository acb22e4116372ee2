/** Brings the previous version back in a cluster: ConfigMap, the stable deployment up, the Service's selector, the new one down. */
import type { Driver, DriverFact, DriverRun } from '../../Driver.js';
import type { KubernetesSettings } from '../../file/DeploymentsFile.js';
import { DriverFailed } from '../errors.js';
import { isAvailable, missingOf, untilAvailable, untilGone } from './availability.js';
import type { Cluster } from './Cluster.js';
import { patchConfigMap, restoreConfigMap, showsConfigMap } from './configMap.js';
import { patiently } from './patience.js';
import { pointsAt, pointTo, shownLabels } from './selector.js';

export interface KubernetesDriverOptions {
  readonly settings: KubernetesSettings;
  /** Made when it is first needed: without a way to the cluster the bot still starts. */
  readonly connect: () => Promise<Cluster>;
}

type Side = 'stable' | 'new';

export class KubernetesDriver implements Driver {
  public readonly name = 'kubernetes';
  private connected: Promise<Cluster> | undefined;

  public constructor(private readonly options: KubernetesDriverOptions) {}

  public get stableRelease(): string | undefined {
    return this.options.settings.stable.release;
  }

  public async plan(): Promise<readonly string[]> {
    const { settings } = this.options;
    const cluster = await this.cluster();
    const signal = AbortSignal.timeout(10_000);
    const [stable, fresh] = await Promise.all(
      [settings.stable, settings.new].map(({ deployment }) => cluster.deployment(deployment, signal)),
    );
    const lines: string[] = [];
    if (settings.configMap !== undefined) {
      const { name, set } = settings.configMap;
      const now = showsConfigMap(await cluster.configMap(name, signal), set) ? ' (it is so already)' : '';
      lines.push(`Set ${shownLabels(set)} in the ConfigMap ${name}${now}.`);
    }
    const { deployment, replicas } = settings.stable;
    lines.push(
      `Scale ${deployment} to ${replicas} and wait until available (now ${stable?.available ?? 0}).`,
    );
    if (settings.service !== undefined) {
      const { name, stable: labels } = settings.service;
      const { selector } = await cluster.service(name, signal);
      lines.push(`Then point the Service ${name} at ${shownLabels(labels)} (now ${shownLabels(selector)}).`);
    }
    lines.push(`Then scale ${settings.new.deployment} to 0 (now ${fresh?.running ?? 0}).`);
    return lines;
  }

  public async bringUp(run: DriverRun): Promise<string> {
    const { configMap } = this.options.settings;
    const cluster = await this.cluster();
    if (configMap !== undefined) {
      run.progress(`Setting ${shownLabels(configMap.set)} in the ConfigMap ${configMap.name}.`);
      await patiently(run, (signal) => patchConfigMap(cluster, configMap, signal));
    }
    return this.start('stable', run);
  }

  public async switchTraffic(run: DriverRun): Promise<string> {
    return this.point('stable', run);
  }

  public async takeDown(run: DriverRun): Promise<string> {
    return this.stop('new', run);
  }

  public async verify({ signal }: DriverRun): Promise<readonly DriverFact[]> {
    const { configMap, service, stable, new: fresh } = this.options.settings;
    const cluster = await this.cluster();
    const facts: DriverFact[] = [];
    if (configMap !== undefined) {
      const found = await cluster.configMap(configMap.name, signal);
      const what = `ConfigMap ${configMap.name} holds ${shownLabels(configMap.set)}`;
      facts.push({ what, ok: showsConfigMap(found, configMap.set), detail: `at version ${found.version}` });
    }
    const up = await cluster.deployment(stable.deployment, signal);
    const available = `${up.available} of ${stable.replicas} available`;
    facts.push({
      what: `${stable.deployment} is available`,
      ok: isAvailable(up, stable.replicas),
      detail: available,
    });
    if (service !== undefined) {
      const { selector } = await cluster.service(service.name, signal);
      const what = `Service ${service.name} points at ${shownLabels(service.stable)}`;
      facts.push({
        what,
        ok: pointsAt(selector, service.stable),
        detail: `selector ${shownLabels(selector)}`,
      });
    }
    const down = await cluster.deployment(fresh.deployment, signal);
    const isDown = down.replicas === 0 && down.running === 0;
    facts.push({ what: `${fresh.deployment} is scaled down`, ok: isDown, detail: `${down.running} pods` });
    return facts;
  }

  public async undo(run: DriverRun): Promise<string> {
    const { configMap } = this.options.settings;
    const cluster = await this.cluster();
    if (configMap !== undefined) {
      run.progress(`Giving the ConfigMap ${configMap.name} its values of before the rollback.`);
      await patiently(run, (signal) => restoreConfigMap(cluster, configMap.name, signal));
    }
    const said = [await this.start('new', run), await this.point('new', run), await this.stop('stable', run)];
    return said.join(' ');
  }

  private async start(side: Side, run: DriverRun): Promise<string> {
    const { deployment, replicas } = this.options.settings[side];
    const cluster = await this.cluster();
    await untilAvailable(cluster, { deployment, replicas }, run);
    return `${deployment} is available with ${replicas}.`;
  }

  private async point(side: Side, run: DriverRun): Promise<string> {
    const { service } = this.options.settings;
    if (service === undefined) return 'No Service is named in deployments.yaml: nothing to switch.';
    const cluster = await this.cluster();
    await this.assertUp(cluster, side, `The Service ${service.name} was not switched`, run);
    const other = side === 'stable' ? service.new : service.stable;
    run.progress(`Pointing the Service ${service.name} at ${shownLabels(service[side])}.`);
    await patiently(run, (signal) =>
      pointTo(cluster, service.name, { to: service[side], from: other }, signal),
    );
    return `The Service ${service.name} points at ${shownLabels(service[side])}.`;
  }

  /** Never where the other version is not up, or traffic still comes here: then nobody would answer. */
  private async stop(side: Side, run: DriverRun): Promise<string> {
    const { service, [side]: going } = this.options.settings;
    const other = side === 'stable' ? 'new' : 'stable';
    const cluster = await this.cluster();
    const refusal = `${going.deployment} was not scaled down`;
    await this.assertUp(cluster, other, refusal, run);
    if (service !== undefined) {
      const { selector } = await patiently(run, (signal) => cluster.service(service.name, signal));
      if (!pointsAt(selector, service[other])) {
        throw new DriverFailed(
          `${refusal}, because the Service ${service.name} still points at ${shownLabels(selector)}.`,
          { next: `Switch it first: its selector should hold ${shownLabels(service[other])}.` },
        );
      }
    }
    await untilGone(cluster, going.deployment, run);
    return `${going.deployment} is scaled down.`;
  }

  private async assertUp(cluster: Cluster, side: Side, refusal: string, run: DriverRun): Promise<void> {
    const { deployment, replicas } = this.options.settings[side];
    const found = await patiently(run, (signal) => cluster.deployment(deployment, signal));
    const missing = missingOf(found, replicas);
    if (missing === null) return;
    throw new DriverFailed(`${refusal}, because ${deployment} is not available: ${missing}.`, {
      next: `See "kubectl describe deployment ${deployment}".`,
    });
  }

  /** A failed connection is tried anew the next time. */
  private async cluster(): Promise<Cluster> {
    this.connected ??= this.options.connect();
    try {
      return await this.connected;
    } catch (error) {
      this.connected = undefined;
      throw error;
    }
  }
}
