/** Both decorators in both dialects, each as esbuild compiles it for a host: the source is one, the setting differs. */
import { runInThisContext } from 'node:vm';
import { container } from '@sapphire/framework';
import { transform } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { Deprecated } from '../../src/decorators/Deprecated.js';
import { RequiresFeature } from '../../src/decorators/RequiresFeature.js';
import { deprecations, takeUses } from '../../src/lib/deprecations/registry.js';
import type { RolloutsService } from '../../src/lib/RolloutsService.js';

interface Host {
  Service: new () => { gated(subject: object, word: string): string; old(word: string): string };
  OldService: new () => object;
  Later: new () => object;
}

const source = `
const facts = { since: '1.0.0', removeIn: '2.0.0', instead: 'New.thing()' };
class Service {
  #word = 'private';
  @RequiresFeature('layer') gated(subject, word) { return this.#word + ' ' + word; }
  @Deprecated(facts) old(word) { return this.#word + ' ' + word; }
  @Deprecated(facts) static stale() { return 'stale'; }
}
@Deprecated({ ...facts, removeIn: '2027-01-01' }) class OldService {}
class Later extends OldService {}
return { Service, OldService, Later };
`;

async function compiled(experimentalDecorators: boolean): Promise<Host> {
  const { code } = await transform(`function host(Deprecated, RequiresFeature) {${source}}`, {
    loader: 'ts',
    target: 'node20',
    tsconfigRaw: { compilerOptions: { experimentalDecorators } },
  });
  const host = runInThisContext(`${code}; host`) as (...decorators: unknown[]) => Host;
  return host(Deprecated, RequiresFeature);
}

let warned: MockInstance<typeof process.emitWarning>;
beforeAll(() => {
  container.rollouts = {
    flags: { isEnabled: (flag: string, guildId: string | null) => flag === 'layer' && guildId === '1' },
  } as unknown as RolloutsService;
});
beforeEach(() => {
  warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});
afterEach(() => warned.mockRestore());

describe.each([
  ['experimentalDecorators', true],
  ['standard decorators', false],
])('with %s', (_name, isExperimental) => {
  it('a gated method runs where the flag is on, keeps its this, and else answers nothing', async () => {
    const { Service } = await compiled(isExperimental);
    const service = new Service();
    expect(service.gated({ guildId: '1' }, 'word')).toBe('private word');
    expect(service.gated({ guild: { id: '1' } }, 'word')).toBe('private word');
    expect(service.gated({ guildId: '2' }, 'word')).toBeUndefined();
    expect(service.gated({ guildId: null }, 'word')).toBeUndefined();
    expect(service.gated.name).toBe('gated');
  });

  it('a deprecated method works, and its use is counted under its class', async () => {
    const { Service } = await compiled(isExperimental);
    takeUses();
    expect([new Service().old('a'), new Service().old('b')]).toEqual(['private a', 'private b']);
    expect(takeUses()).toEqual(new Map([['Service.old', 2]]));
    expect(deprecations().map(({ what }) => what)).toEqual(
      expect.arrayContaining(['Service.old', 'Service.stale']),
    );
  });

  it('a deprecated class stays the class it was, and so do those that extend it', async () => {
    const { OldService, Later } = await compiled(isExperimental);
    takeUses();
    expect(new Later()).toBeInstanceOf(OldService);
    expect(new Later()).toBeInstanceOf(Later);
    expect(OldService.name).toBe('OldService');
    expect(takeUses()).toEqual(new Map([['OldService', 2]]));
  });
});

it('a deprecated method warns once a process, with its code', () => {
  class Once {
    @Deprecated({ since: '1.0.0', removeIn: '2.0.0', instead: 'Twice', code: 'DEP_MINE' })
    public do(): void {}
  }
  new Once().do();
  new Once().do();
  expect(warned.mock.calls).toEqual([
    [
      'Once.do is deprecated since 1.0.0 and goes away in 2.0.0: use Twice instead.',
      { type: 'DeprecationWarning', code: 'DEP_MINE' },
    ],
  ]);
});

it('@RequiresFeature on a class that is no piece says where it belongs', () => {
  @RequiresFeature('layer')
  class Plain {}
  expect(() => new Plain()).toThrow('Put it on the method instead.');
});

it('@RequiresFeature asks for the guild that the host finds itself', () => {
  class Jobs {
    @RequiresFeature('layer', { guildOf: (job) => (job as { readonly server: string }).server })
    public run(_job: { readonly server: string }): string {
      return 'ran';
    }
  }
  expect([new Jobs().run({ server: '1' }), new Jobs().run({ server: '2' })]).toEqual(['ran', undefined]);
});

it('refuses to decorate a field', () => {
  const decorate = RequiresFeature('layer') as (target: unknown, context: unknown) => unknown;
  expect(() => decorate(undefined, { kind: 'field', name: 'x' })).toThrow(TypeError);
});
