/** The feature-flag ConfigMap: set for the rollback, with what it held before kept beside it for the way back. */
import { z } from 'zod';
import type { Cluster, ClusterConfigMap, Entries } from './Cluster.js';

/** Written in the same patch as the values, so that no crash can lose what they were. */
const beforeAnnotation = 'sapphire-plugin-rollouts/before-rollback';

const entries = z.record(z.string(), z.string().nullable());
type Kept = z.output<typeof entries>;
type Values = Readonly<Record<string, string>>;

export function showsConfigMap({ data }: ClusterConfigMap, set: Values): boolean {
  return Object.entries(set).every(([key, value]) => data[key] === value);
}

export async function patchConfigMap(
  cluster: Cluster,
  { name, set }: { name: string; set: Values },
  signal: AbortSignal,
): Promise<void> {
  const found = await cluster.configMap(name, signal);
  if (showsConfigMap(found, set)) return;
  const { version, data, annotations } = found;
  const kept = keptIn(annotations) ?? {};
  // What is kept counts only for what is still as a rollback left it; somebody has set the rest since.
  const before = Object.fromEntries(
    Object.entries(set).map(([key, value]) => [
      key,
      data[key] === value && key in kept ? kept[key] : (data[key] ?? null),
    ]),
  );
  await cluster.patchConfigMap(
    name,
    { version, data: set, annotations: { [beforeAnnotation]: JSON.stringify(before) } },
    signal,
  );
}

/** Changes nothing where nothing was kept. */
export async function restoreConfigMap(cluster: Cluster, name: string, signal: AbortSignal): Promise<void> {
  const { version, annotations } = await cluster.configMap(name, signal);
  const data: Entries | undefined = keptIn(annotations);
  if (data === undefined) return;
  await cluster.patchConfigMap(name, { version, data, annotations: { [beforeAnnotation]: null } }, signal);
}

function keptIn(annotations: Values): Kept | undefined {
  const text = annotations[beforeAnnotation];
  if (text === undefined) return undefined;
  try {
    const read = entries.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    // Somebody wrote something else there: as good as nothing kept.
    return undefined;
  }
}
