/** Tries the state store out: written, read back, deleted, how quickly, and whether its server is set up to keep what it is given. */
import type { Clock } from '../../core/Clock.js';
import { newId } from '../../core/ids.js';
import type { Store } from '../../state/Store.js';
import type { SmokeFinding } from '../SmokeTest.js';

/** Documents with such keys, in `deployments`, are of no use to anybody a few minutes later. */
export const probePrefix = 'smoke-probe.';

export interface ProbeStoreOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'health' | 'time'>;
  /** Real time. */
  readonly clock: Clock;
  readonly progress: (detail: string) => void;
}

/** Steps that take longer are felt by everyone who changes something, ms of real time. */
const slowMs = 500;
const withinMs = 1_500;

/** Throws what the store throws; the document is removed again either way. */
export async function probeStore(options: ProbeStoreOptions): Promise<readonly SmokeFinding[]> {
  const { store, clock, progress } = options;
  const key = `${probePrefix}${newId(10)}`;
  const marked = newId();
  const findings: SmokeFinding[] = [];
  const steps: { readonly what: string; readonly ms: number }[] = [];
  const timed = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    progress(what);
    const began = clock.now();
    const answer = await act();
    steps.push({ what, ms: clock.now() - began });
    return answer;
  };
  const write = async (expect: number, next: { schema: number; marked: string } | null) => {
    const notAfter = (await store.time()) + withinMs;
    const changes = [{ ns: 'deployments', key, expect, next }] as const;
    return store.commit({ op: newId(), notAfter, changes, audit: [], outbox: [] });
  };
  const read = async () => (await store.getMany('deployments', [key]))[0] ?? null;

  const { seq } = await timed('writing', () => write(0, { schema: 1, marked }));
  let isRemoved = false;
  try {
    const there = await timed('reading back', read);
    findings.push(
      finding('what is written is read back', there?.marked === marked, 'Something else was read back.'),
    );
    await timed('deleting', () => write(seq, null));
    isRemoved = true;
    findings.push(
      finding('what is deleted is gone', (await read()) === null, 'It could be read after it was deleted.'),
    );
  } finally {
    if (!isRemoved) await write(seq, null).catch(() => undefined);
  }
  const { kind, reachable, warnings } = await store.health();
  // The middle one: a process that just began may be slow once, a store that is slow writes slowly twice.
  const typical = [...steps].sort((a, b) => a.ms - b.ms)[1]?.ms ?? Number.POSITIVE_INFINITY;
  const times = steps.map(({ what, ms }) => `${what} ${ms} ms`).join(', ');
  const said = `${times}; more than ${slowMs} ms is felt. Look at its disk, its network and who else is on it.`;
  findings.push(finding(`${kind} answers quickly`, reachable && typical <= slowMs, said));
  if (warnings.length === 0) findings.push(finding('its settings keep data safe', true, ''));
  return [...findings, ...warnings.map((warning) => finding('its settings keep data safe', false, warning))];
}

function finding(what: string, ok: boolean, detail: string): SmokeFinding {
  return { what, ok, detail: ok ? '' : detail };
}
