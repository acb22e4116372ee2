import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  parseDeployments,
  readDeploymentsFile,
  saidOf,
} from '../../../../src/lib/deployments/file/readDeploymentsFile.js';

function settingsOf(yaml: string) {
  const read = parseDeployments(yaml, 'deployments.yaml', 'data');
  if (!read.ok) throw new Error(read.problems.map(saidOf).join('\n'));
  return read.file;
}

function problemsOf(yaml: string): readonly string[] {
  const read = parseDeployments(yaml, 'deployments.yaml', 'data');
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'deployments-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

const defaults = {
  driver: undefined,
  recovery: {
    database: undefined,
    snapshots: { folder: join('data', 'snapshots'), everyMs: 86_400_000, keep: 14 },
  },
  drillEveryMs: undefined,
};

describe('deployments.yaml', () => {
  it('that does not exist, is empty or holds comments only leaves the defaults', async () => {
    const read = await readDeploymentsFile(join(await folder(), 'deployments.yaml'), 'data');
    expect(read).toEqual({ file: settingsOf(''), path: undefined, problems: [] });
    expect(read.file).toMatchObject(defaults);
    expect(settingsOf('# nothing yet\n')).toEqual(read.file);
  });

  it('keeps the driver for rollbacks of everything where it says so, and knows no third', () => {
    const yaml = (reach: string): string =>
      `driver: { use: command, for: ${reach}, bring_up: [up], take_down: [down] }`;
    expect(settingsOf(yaml('everything')).driver?.for).toBe('everything');
    expect(problemsOf(yaml('some')).join()).toContain('expected every or everything');
  });

  it('chooses PM2, with one app or several, and deadlines of its own', () => {
    const { driver } = settingsOf(`
driver:
  use: pm2
  new: { name: bot, instances: 3, ready: ["http://127.0.0.1:8081/readyz"] }
  stable: { name: [stable-0, stable-1], release: 1.4.0 }
  deadlines: { bring_up: 90s }`);
    expect(driver).toEqual({
      use: 'pm2',
      for: 'every',
      bin: 'pm2',
      home: undefined,
      new: { names: ['bot'], instances: 3, release: undefined, ready: ['http://127.0.0.1:8081/readyz'] },
      stable: { names: ['stable-0', 'stable-1'], instances: 1, release: '1.4.0', ready: [] },
      deadlineMs: { bringUp: 90_000, switchTraffic: 60_000, takeDown: 60_000 },
    });
  });

  it('names recovery, snapshots and drills', () => {
    expect(
      settingsOf(`
recovery:
  database:
    backup: [pg_dump, "--file={file}"]
    verify: [pg_restore, --list, "{file}"]
    folder: backups
    env: [PGHOST]
  snapshots: { every: never, keep: 3 }
drills: { every: 4w }`),
    ).toMatchObject({
      driver: undefined,
      recovery: {
        database: {
          backup: ['pg_dump', '--file={file}'],
          verify: ['pg_restore', '--list', '{file}'],
          restore: undefined,
          folder: 'backups',
          timeoutMs: 600_000,
          env: ['PGHOST'],
        },
        snapshots: { folder: join('data', 'snapshots'), everyMs: 0, keep: 3 },
      },
      drillEveryMs: 28 * 86_400_000,
    });
  });
});

describe('a wrong deployments.yaml', () => {
  it.each([
    [
      'an unknown key',
      'driver:\n  use: command\n  bring_up: [a]\n  take_down: [b]\n  bring_down: [c]',
      '5: there is no setting "bring_down" here',
    ],
    ['an unknown driver', 'driver:\n  use: docker', '2: expected use: pm2, use: kubernetes or use: command'],
    [
      'a command as a line',
      'driver:\n  use: command\n  take_down: [b]\n  bring_up: ./back.sh now',
      '4: expected a program and its arguments as a list, for example [./bring-back.sh, --now]',
    ],
    ['a duration without a unit', 'drills: { every: 30 }', '1: expected a duration such as 12h, 1d or 4w'],
    [
      'a value that YAML makes true of',
      'driver:\n  use: kubernetes\n  namespace: bots\n  config_map: { name: flags, set: { all: false } }\n  new: { deployment: a, replicas: 1 }\n  stable: { deployment: b, replicas: 1 }',
      '4: expected text; put numbers, true and false in quotes',
    ],
    [
      'the same app twice',
      'driver:\n  use: pm2\n  new: { name: bot }\n  stable: { name: [other, bot] }',
      '4: new and stable share the app bot; expected different ones',
    ],
    [
      'the same deployment twice',
      'driver:\n  use: kubernetes\n  namespace: bots\n  new: { deployment: bot, replicas: 1 }\n  stable: { deployment: bot, replicas: 1 }',
      '5: new and stable are the same deployment bot; expected two',
    ],
    [
      'more addresses than processes',
      'driver:\n  use: pm2\n  new: { name: bot }\n  stable:\n    name: b\n    ready: ["http://a/", "http://b/"]',
      '6: 2 addresses for 1 processes; expected at most one each',
    ],
    [
      'an app that PM2 would take for all of them',
      'driver:\n  use: pm2\n  new: { name: all }\n  stable: { name: b }',
      "3: expected the name of an app, not a number, a path or 'all'",
    ],
    [
      'a backup that is written nowhere',
      'recovery:\n  database:\n    backup: [pg_dump]\n    verify: [ls, "{file}"]\n    folder: x',
      '3: backup never names {file}; expected it where the path of the backup belongs',
    ],
    ['no YAML', 'driver: [', '1: this is no YAML: '],
  ])('says line and what is expected: %s', (_, yaml, problem) => {
    expect(problemsOf(yaml)[0]).toContain(problem);
  });

  it('stops nothing: the defaults hold, and each problem is a sentence', async () => {
    const path = join(await folder(), 'deployments.yaml');
    await writeFile(path, 'driver:\n  use: pm2\n  new: { name: a }\n');
    const read = await readDeploymentsFile(path, 'data');
    expect(read.file).toEqual(settingsOf(''));
    expect(read.problems.map(saidOf)).toEqual([
      `${path} cannot be followed: line 1, column 1: "stable" is missing here.`,
    ]);
  });

  it('that cannot be read is a problem, too', async () => {
    const path = await folder();
    const [problem] = (await readDeploymentsFile(path, 'data')).problems;
    expect(problem?.message).toContain('the file cannot be read');
  });
});

it('every file in examples/deployments can be followed', async () => {
  const names = (await readdir('examples/deployments')).filter(
    (name) => name.endsWith('.yaml') && name !== 'deployment-gate.yaml',
  );
  expect(names.length).toBeGreaterThanOrEqual(3);
  for (const name of names) {
    const text = await readFile(join('examples/deployments', name), 'utf8');
    expect(parseDeployments(text, name, 'data'), name).toMatchObject({ ok: true });
  }
});
