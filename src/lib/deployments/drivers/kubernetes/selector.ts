/** The labels by which a Service finds its pods: one set for each version. */
import type { Cluster } from './Cluster.js';

type Labels = Readonly<Record<string, string>>;

export function pointsAt(selector: Labels, labels: Labels): boolean {
  return Object.entries(labels).every(([key, value]) => selector[key] === value);
}

/** Labels that only the other version has are taken out; those of neither stay. */
export async function pointTo(
  cluster: Cluster,
  service: string,
  { to, from }: { to: Labels; from: Labels },
  signal: AbortSignal,
): Promise<void> {
  const { version, selector } = await cluster.service(service, signal);
  const stale = Object.keys(from).filter((key) => !(key in to) && key in selector);
  if (stale.length === 0 && pointsAt(selector, to)) return;
  const gone = Object.fromEntries(stale.map((key) => [key, null]));
  await cluster.patchSelector(service, { version, selector: { ...gone, ...to } }, signal);
}

export function shownLabels(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}
