/**
 * One decorator for both dialects: TypeScript's older one (`experimentalDecorators`, which most Sapphire bots use) and the
 * standard one (TC39, TypeScript ≥ 5.0 without that setting). They differ in what a decorator is given.
 */

export type AnyClass = abstract new (...args: never[]) => object;
export type AnyMethod = (...args: never[]) => unknown;

/** On a class or a method, in either dialect. */
export interface ClassOrMethodDecorator {
  <C extends AnyClass>(target: C, context?: ClassDecoratorContext): C;
  <M extends AnyMethod>(method: M, context: ClassMethodDecoratorContext): M;
  (target: object, key: string | symbol, descriptor: PropertyDescriptor): void;
}

export interface Decoration {
  /** Answers the class, or another in its place. */
  class<C extends AnyClass>(target: C): C;
  /** @param owner name of the class, known at the latest when an instance exists */
  method(method: AnyMethod, name: string, owner: () => string | undefined): AnyMethod;
}

export function decorator(decoration: Decoration): ClassOrMethodDecorator {
  function decorate(
    target: object,
    second?: StandardContext | string | symbol,
    descriptor?: PropertyDescriptor,
  ): unknown {
    if (typeof second === 'object') {
      if (second.kind === 'class') return decoration.class(target as AnyClass);
      if (second.kind === 'method') return standardMethod(decoration, target as AnyMethod, second);
    } else if (second === undefined) {
      return decoration.class(target as AnyClass);
    } else if (typeof descriptor?.value === 'function') {
      const owner = typeof target === 'function' ? target.name : target.constructor.name;
      const name = String(second);
      descriptor.value = decoration.method(descriptor.value as AnyMethod, name, () => owner);
      return undefined;
    }
    throw new TypeError('It decorates a class or a method, and nothing else.');
  }
  return decorate as ClassOrMethodDecorator;
}

type StandardContext = ClassDecoratorContext | ClassMethodDecoratorContext | { readonly kind: 'field' };

function standardMethod(
  decoration: Decoration,
  method: AnyMethod,
  context: ClassMethodDecoratorContext,
): AnyMethod {
  let owner: string | undefined;
  // The class does not exist yet when its methods are decorated.
  context.addInitializer(function (this: unknown) {
    owner ??= typeof this === 'function' ? this.name : (this as object).constructor.name;
  });
  return decoration.method(method, String(context.name), () => owner);
}

/** Calls `built` with every instance as soon as it is constructed; a class that extends the result is no exception. */
export function onConstruction<C extends AnyClass>(target: C, built: (instance: object) => void): C {
  return new Proxy(target, {
    construct(constructor, args, newTarget) {
      const instance = Reflect.construct(constructor as never, args, newTarget) as object;
      built(instance);
      return instance;
    },
  });
}

/** A function that does as the other, under its name. */
export function inPlaceOf(
  method: AnyMethod,
  replacement: (this: unknown, ...args: unknown[]) => unknown,
): AnyMethod {
  Object.defineProperty(replacement, 'name', { value: method.name, configurable: true });
  return replacement;
}
