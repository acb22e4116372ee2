import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { createLegacyAdapter } from '../../../src/lib/deprecations/legacyAdapter.js';
import { takeUses } from '../../../src/lib/deprecations/registry.js';

class Greetings {
  #greeted = 0;

  public greet(name: string, { isLoud = false } = {}): string {
    this.#greeted++;
    return isLoud ? `HELLO ${name}` : `Hello ${name}`;
  }

  public get greeted(): number {
    return this.#greeted;
  }
}

const adapter = () =>
  createLegacyAdapter(new Greetings(), {
    name: 'GreetingService',
    since: '2.0.0',
    removeIn: '3.0.0',
    renamed: {
      sayHello: 'greet',
      shout: (service, name: string) => service.greet(name, { isLoud: true }),
    },
    removed: { flush: 'Drop the call: nothing is kept back any more.' },
  });

let warned: MockInstance<typeof process.emitWarning>;
beforeEach(() => {
  warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});
afterEach(() => warned.mockRestore());

describe('an old interface over a new service', () => {
  it('answers by the new one: renamed, changed, and unchanged members alike', () => {
    const old = adapter();
    const said: string = old.sayHello('Ada', { isLoud: false });
    expect([said, old.shout('Ada'), old.greet('Ada'), old.greeted]).toEqual([
      'Hello Ada',
      'HELLO Ada',
      'Hello Ada',
      3,
    ]);
    expect('shout' in old && 'greet' in old).toBe(true);
    expect(Reflect.get(old, 'greet')).toBe(Reflect.get(old, 'greet'));
    expect(old).toBeInstanceOf(Greetings);
  });

  it('is typed: what the old interface never had, and wrong arguments, do not compile', () => {
    const old = adapter();
    const misuse = (): void => {
      // @ts-expect-error a name is a text
      old.shout(1);
      // @ts-expect-error no such method
      expect(old.whisper).toBeUndefined();
      // @ts-expect-error no such method of the new service
      createLegacyAdapter(new Greetings(), { renamed: { a: 'b' } });
      // @ts-expect-error it answers a text
      const wrong: number = old.sayHello('Ada');
      expect(wrong).toBeUndefined();
    };
    expect(misuse).toBeTypeOf('function');
  });

  it('warns once for every place that calls it, with the place and a code', () => {
    const old = adapter();
    for (let time = 0; time < 3; time++) old.sayHello('Ada');
    old.sayHello('Ada');
    const warnings = warned.mock.calls.map(([message, options]) => ({ message, options }));
    expect(warnings).toHaveLength(2);
    expect(warnings[0]?.message).toMatch(
      /^GreetingService\.sayHello is deprecated since 2\.0\.0 and goes away in 3\.0\.0: use Greetings\.greet\(\) instead\. \(.*legacyAdapter\.test\.ts:\d+:\d+\)$/,
    );
    expect(warnings[0]?.options).toEqual({
      type: 'DeprecationWarning',
      code: 'DEP_GREETING_SERVICE_SAY_HELLO',
    });
  });

  it('counts every use, warned of or not', () => {
    takeUses();
    const old = adapter();
    for (let time = 0; time < 3; time++) old.sayHello('Ada');
    expect(takeUses()).toEqual(new Map([['GreetingService.sayHello', 3]]));
  });

  it('a removed method says what to do instead', () => {
    const old = adapter();
    expect(() => old.flush()).toThrow(
      expect.objectContaining({
        code: 'REMOVED_METHOD',
        message: 'GreetingService.flush() is gone.',
        next: 'Drop the call: nothing is kept back any more.',
      }),
    );
  });

  it('needs neither name nor time', () => {
    const old = createLegacyAdapter(new Greetings(), { renamed: { hi: 'greet' } });
    expect(old.hi('Ada')).toBe('Hello Ada');
    expect(warned.mock.calls[0]?.[0]).toContain(
      'LegacyGreetings.hi belongs to the old interface: use Greetings.greet() instead.',
    );
  });

  it('takes a frozen service, and sets what can be set', () => {
    const frozen = createLegacyAdapter(Object.freeze({ greet: () => 'Hello' }), { renamed: { hi: 'greet' } });
    expect([frozen.hi(), frozen.greet()]).toEqual(['Hello', 'Hello']);
    const service = { name: 'old', greet: () => service.name };
    const open = createLegacyAdapter(service, { renamed: { hi: 'greet' } });
    open.name = 'new';
    expect(open.hi()).toBe('new');
  });

  it('leaves the process’s stack traces as they are', () => {
    const before = Error.stackTraceLimit;
    adapter().sayHello('Ada');
    expect(Error.stackTraceLimit).toBe(before);
  });
});
