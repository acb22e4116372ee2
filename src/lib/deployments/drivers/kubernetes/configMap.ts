/** The feature-flag ConfigMap: set for the rollback, with what it held before kept beside it for the way back. */
import { z } from 'zod';
import type { Cluster, ClusterConfigMap, Entries } from './Cluster.js';

/** Written in the same patch as the values, so that no crash can lose what they were. */
export const beforeAnnotation = 'sapphire-plugin-rollouts/before-rollback';

const kept = z.record(z.string(), z.string().nullable());
type Kept = z.output<typeof kept>;
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
  const now = Object.fromEntries(Object.keys(set).map((key) => [key, data[key] ?? null]));
  // What an earlier rollback kept is older than what is there now, and so the truth.
  const before = { ...now, ...keptIn(annotations) };
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
    const read = kept.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    // Somebody wrote something else there: as good as nothing kept.
    return undefined;
  }
}
