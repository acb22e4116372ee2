/** Names of the documents in `rollouts`. */
const unitsADay = 96;

export const evidenceKey = (id: string): string => `${id}.evidence`;

/** @param day days since epoch */
export const ticksKey = (id: string, day: number): string => `${id}.ticks.${day}`;

export const dayOfUnit = (unit: number): number => Math.floor(unit / unitsADay);

export type KeyKind =
  | { readonly kind: 'rollout'; readonly id: string }
  | { readonly kind: 'evidence'; readonly id: string }
  | { readonly kind: 'ticks'; readonly id: string; readonly day: number };

/** Undefined for a name that this room does not give. */
export function readKey(key: string): KeyKind | undefined {
  const [id = '', kind, day, ...rest] = key.split('.');
  if (id === '' || rest.length > 0) return undefined;
  if (kind === undefined) return { kind: 'rollout', id };
  if (kind === 'evidence' && day === undefined) return { kind, id };
  return kind === 'ticks' && day !== undefined && /^\d+$/.test(day)
    ? { kind, id, day: Number(day) }
    : undefined;
}
