/** `call` makes the original call, with the arguments and the `this` of the caller. */
export type Around = (args: readonly unknown[], call: () => unknown) => unknown;

/** Puts `around` about one of an object's own or inherited methods; nothing where it has no such method. */
export function wrapMethod(target: object, method: string, around: Around): void {
  const original: unknown = Reflect.get(target, method);
  if (typeof original !== 'function') return;
  Reflect.defineProperty(target, method, {
    configurable: true,
    writable: true,
    value(this: unknown, ...args: unknown[]): unknown {
      return around(args, () => Reflect.apply(original, this, args) as unknown);
    },
  });
}
