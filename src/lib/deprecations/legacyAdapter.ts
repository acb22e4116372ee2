/** The interface of an old service over the new one, so that callers can move one by one. */
import { RolloutError } from '../core/RolloutError.js';
import { codeOf, type DeprecatedOptions, describeDeprecation } from './Deprecation.js';
import { deprecate, noteUse } from './registry.js';
import { callSite, warnOnce } from './warn.js';

type Method = (...args: never[]) => unknown;

type MethodNames<Service> = {
  [Name in keyof Service]-?: Service[Name] extends Method ? Name : never;
}[keyof Service];

/** An old method: the new one's name where only the name changed, else how the old call is made of the new service. */
export type Renaming<Service> =
  (MethodNames<Service> & string) | ((service: Service, ...args: never[]) => unknown);

type OldMethod<Service, To> = To extends keyof Service
  ? Service[To]
  : To extends (service: Service, ...args: infer Args) => infer Result
    ? (...args: Args) => Result
    : never;

/** The new service's own members, and the old ones beside them. */
export type LegacyAdapter<Service, Renamed, Removed> = Service & {
  readonly [Name in keyof Renamed]: OldMethod<Service, Renamed[Name]>;
} & { readonly [Name in keyof Removed]: (...args: never[]) => never };

export interface LegacyAdapterOptions<Renamed, Removed> extends Partial<Omit<DeprecatedOptions, 'instead'>> {
  /** What the old service was called, for warnings. @default the new one's class, with `Legacy` before it */
  readonly name?: string;
  readonly renamed: Renamed;
  /** Old methods without a successor: what to do instead, as a sentence. Calling one throws {@link RemovedMethod}. */
  readonly removed?: Removed;
}

/** An old method that is gone was called. */
export class RemovedMethod extends RolloutError {
  public readonly code = 'REMOVED_METHOD';
}

/**
 * Everything of the new service, and its old methods beside: each warns once for every place that calls it (Node's
 * DeprecationWarning, with a code), and its use is counted.
 *
 * @example
 * const greetings = createLegacyAdapter(new GreetingService(), {
 *   since: '2.0.0',
 *   removeIn: '3.0.0',
 *   renamed: { sayHello: 'greet', shout: (service, name: string) => service.greet(name, { isLoud: true }) },
 *   removed: { flush: 'There is nothing to flush any more: drop the call.' },
 * });
 * greetings.sayHello('Ada'); // as greet('Ada')
 * @throws {BadDeprecation}
 */
export function createLegacyAdapter<
  Service extends object,
  const Renamed extends Readonly<Record<string, Renaming<Service>>>,
  const Removed extends Readonly<Record<string, string>> = Record<never, string>,
>(
  service: Service,
  options: LegacyAdapterOptions<Renamed, Removed>,
): LegacyAdapter<Service, Renamed, Removed> {
  const successor = service.constructor.name;
  const name = options.name ?? `Legacy${successor}`;
  const old = new Map<PropertyKey, Method>();
  for (const [method, to] of Object.entries<Renaming<Service>>(options.renamed)) {
    const instead = typeof to === 'string' ? `${successor}.${to}()` : successor;
    old.set(method, oldMethod(service, to, oldName(`${name}.${method}`, instead, options)));
  }
  for (const [method, next] of Object.entries<string>(options.removed ?? {})) {
    old.set(method, () => {
      throw new RemovedMethod(`${name}.${method}() is gone.`, { next });
    });
  }
  return withOldMethods(service, old) as LegacyAdapter<Service, Renamed, Removed>;
}

interface OldName {
  readonly what: string;
  readonly code: string;
  readonly message: string;
}

/** Without a time it is not on the list of what should be gone. */
function oldName(what: string, instead: string, options: Partial<DeprecatedOptions>): OldName {
  const { since, removeIn, flag, code = codeOf(what) } = options;
  if (since === undefined || removeIn === undefined) {
    return { what, code, message: `${what} belongs to the old interface: use ${instead} instead.` };
  }
  const deprecation = deprecate(what, { since, removeIn, instead, flag, code });
  return { what, code, message: describeDeprecation(deprecation) };
}

function oldMethod<Service extends object>(service: Service, to: Renaming<Service>, old: OldName): Method {
  const call =
    typeof to === 'string'
      ? (...args: never[]): unknown => (service[to] as Method).apply(service as never, args)
      : (...args: never[]): unknown => to(service, ...args);
  return function renamed(...args: never[]): unknown {
    noteUse(old);
    const place = callSite(renamed);
    warnOnce(place, `${old.message} (${place})`, old.code);
    return call(...args);
  };
}

function withOldMethods<Service extends object>(
  service: Service,
  old: ReadonlyMap<PropertyKey, Method>,
): Service {
  const bound = new Map<PropertyKey, { readonly own: unknown; readonly method: unknown }>();
  return new Proxy(service, {
    has: (target, key) => old.has(key) || Reflect.has(target, key),
    get(target, key) {
      const method = old.get(key);
      if (method !== undefined) return method;
      const own: unknown = Reflect.get(target, key);
      if (typeof own !== 'function' || key === 'constructor' || isFixed(target, key)) return own;
      // Bound, because private fields belong to the service and not to the adapter; the same function at every look.
      const kept = bound.get(key);
      if (kept?.own === own) return kept.method;
      const fresh: unknown = own.bind(target);
      bound.set(key, { own, method: fresh });
      return fresh;
    },
    set: (target, key, value) => Reflect.set(target, key, value),
  });
}

/** A proxy must show such a property as it is. */
function isFixed(target: object, key: PropertyKey): boolean {
  const property = Reflect.getOwnPropertyDescriptor(target, key);
  return property?.configurable === false && property.writable === false;
}
