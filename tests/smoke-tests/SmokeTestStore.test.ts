import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { container } from '@sapphire/framework';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadSmokeTests } from '../../src/smoke-tests/_load.js';
import {
  SmokeTest,
  type SmokeTestLoaderContext,
  type SmokeTestOptions,
} from '../../src/smoke-tests/SmokeTest.js';

class OfTheHost extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    super(context, { ...options, description: 'The database answers', suites: ['smoke', 'acceptance'] });
  }

  public override async run(): Promise<[]> {
    return [];
  }
}

describe('the store of smoke tests', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'smoke-tests-'));
    loadSmokeTests();
  });
  afterEach(async () => {
    container.stores.deregister(container.stores.get('smoke-tests'));
    await rm(folder, { recursive: true });
  });

  test('holds ours as virtual pieces, and a host’s by loadPiece', async () => {
    const store = container.stores.get('smoke-tests');
    await store.loadPiece({ name: 'database', piece: OfTheHost });
    await store.loadAll();
    expect([...store.keys()]).toEqual(expect.arrayContaining(['commands', 'state-store', 'database']));
    expect(store.get('database')).toMatchObject({
      ...{ description: 'The database answers', suites: ['smoke', 'acceptance'], timeoutMs: 10_000 },
    });
  });

  test('loads a host’s file from its folder, under the file’s name', async () => {
    const kept = Reflect.get(globalThis, 'SmokeTestUnderTest') as unknown;
    Reflect.set(globalThis, 'SmokeTestUnderTest', SmokeTest);
    const file = `export const Cache = class extends globalThis.SmokeTestUnderTest {
      async run() { return [{ what: 'cache', ok: true, detail: '' }]; }
    };`;
    await writeFile(join(folder, 'cache.mjs'), file);
    const store = container.stores.get('smoke-tests');
    store.registerPath(folder);
    await store.loadAll();
    Reflect.set(globalThis, 'SmokeTestUnderTest', kept);
    const loaded = store.get('cache');
    expect(loaded).toMatchObject({ name: 'cache', suites: ['smoke'] });
    const context = { signal: new AbortController().signal, progress: () => undefined };
    expect(await loaded?.run(context)).toEqual([{ what: 'cache', ok: true, detail: '' }]);
  });

  test('takes no piece that is no smoke test', async () => {
    await writeFile(join(folder, 'other.mjs'), 'export class Other {}');
    const store = container.stores.get('smoke-tests');
    const errors: unknown[] = [];
    const { strategy } = store;
    Object.assign(strategy, { onError: (error: unknown) => void errors.push(error) });
    store.registerPath(folder);
    await store.loadAll();
    expect(store.has('other')).toBe(false);
    expect(String(errors)).toContain('EMPTY_MODULE');
  });
});
