import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadEnvironment } from '../../src/setup/environment.js';

describe('loading .env', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollouts-env-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function load(file: string, environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
    const path = join(folder, '.env');
    await writeFile(path, file);
    loadEnvironment(environment, path);
    return environment;
  }

  it('adds what is not set, and leaves what is', async () => {
    expect(await load('DATA_DIR=file\nLOG_LEVEL=debug\n', { DATA_DIR: 'shell' })).toEqual({
      DATA_DIR: 'shell',
      LOG_LEVEL: 'debug',
    });
  });

  it('takes out an empty SHARDS, which discord.js would read as a broken list, and leaves the variables of others', async () => {
    expect(await load('SHARDS=\nSHARD_COUNT= \nOTHER=\n', {})).toEqual({ OTHER: '' });
  });

  it('is content without a file', () => {
    const environment = { DATA_DIR: 'shell' };
    loadEnvironment(environment, join(folder, 'none'));
    expect(environment).toEqual({ DATA_DIR: 'shell' });
  });
});
