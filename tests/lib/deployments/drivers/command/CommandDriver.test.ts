import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommandDriver } from '../../../../../src/lib/deployments/drivers/command/CommandDriver.js';
import type {
  ArgumentVector,
  CommandSettings,
} from '../../../../../src/lib/deployments/file/DeploymentsFile.js';
import { driverContract, failureOf, withoutEnd, type DriverGround, type World } from '../contract.js';
import { RecordingLogger } from '../RecordingLogger.js';

/** A whole deployment in one JSON file; the commands are small programs that change it. */
const deploy = `
const { readFileSync, writeFileSync } = require('node:fs');
const [file, what] = process.argv.slice(1);
const world = JSON.parse(readFileSync(file, 'utf8'));
const save = (change) => writeFileSync(file, JSON.stringify({ ...world, ...change }));
console.log('doing ' + what);
const steps = {
  up: () => world.spoilt ? setInterval(() => {}, 1000) : save({ stable: 2 }),
  switch: () => save({ traffic: 'stable' }),
  down: () => save({ new: 0 }),
  verify: () => { process.exitCode = world.stable === 2 && world.new === 0 && world.traffic === 'stable' ? 0 : 1; },
  undo: () => save({ stable: 0, new: 2, traffic: 'new' }),
};
setTimeout(steps[what], 20);`;

async function ground(): Promise<DriverGround> {
  const folder = await mkdtemp(join(tmpdir(), 'command-'));
  const file = join(folder, 'world.json');
  const read = async (): Promise<World & { spoilt?: boolean }> =>
    JSON.parse(await readFile(file, 'utf8')) as World & { spoilt?: boolean };
  await writeFile(file, JSON.stringify({ stable: 0, new: 2, traffic: 'new' }));
  return {
    open: () => new CommandDriver({ settings: settingsFor(file), logger: new RecordingLogger() }),
    world: async () => {
      const { stable, new: fresh, traffic } = await read();
      return { stable, new: fresh, traffic };
    },
    spoilStable: async () => writeFile(file, JSON.stringify({ ...(await read()), spoilt: true })),
    dispose: () => rm(folder, { recursive: true }),
  };
}

function settingsFor(file: string): CommandSettings {
  const command = (what: string): ArgumentVector => [process.execPath, '-e', deploy, file, what];
  return {
    use: 'command',
    release: '1.0.0',
    bringUp: command('up'),
    switchTraffic: command('switch'),
    takeDown: command('down'),
    verify: command('verify'),
    undo: command('undo'),
    env: [],
  };
}

driverContract('command', ground);

describe('the command driver', () => {
  const least: CommandSettings = {
    use: 'command',
    release: undefined,
    bringUp: ['./bring-back.sh', '--to', 'the old one'],
    switchTraffic: undefined,
    takeDown: ['./take-down.sh'],
    verify: undefined,
    undo: undefined,
    env: [],
  };
  const driver = new CommandDriver({ settings: least, logger: new RecordingLogger() });

  it('shows its commands in the plan as they stand in the file', async () => {
    expect(await driver.plan()).toEqual([
      'Bring the previous version up: ./bring-back.sh --to "the old one"',
      'No HTTP traffic is switched.',
      'Then take the new version down: ./take-down.sh',
    ]);
  });

  it('says what the file does not name', async () => {
    expect(await driver.switchTraffic(withoutEnd())).toContain('nothing to switch');
    expect(await driver.verify(withoutEnd())).toEqual([]);
    expect((await failureOf(driver.undo(withoutEnd()))).next).toContain('driver.undo');
  });

  it('writes what the program says to the log, and its last line into the failure', async () => {
    const logger = new RecordingLogger();
    const bringUp: ArgumentVector = [
      process.execPath,
      '-e',
      'console.log("pulling"); console.error("no image"); process.exit(4)',
    ];
    const failing = new CommandDriver({ settings: { ...least, bringUp }, logger });
    const heard: string[] = [];
    const run = { progress: (detail: string) => heard.push(detail), signal: AbortSignal.timeout(10_000) };
    expect((await failureOf(failing.bringUp(run))).message).toContain('ended with exit code 4: no image.');
    expect(logger.text.split('\n').sort()).toEqual([
      `${process.execPath}: no image`,
      `${process.execPath}: pulling`,
    ]);
    expect(heard.sort()).toEqual(['no image', 'pulling']);
  });

  it('a check that cannot be asked is no answer', async () => {
    const asking = new CommandDriver({
      settings: { ...least, verify: ['/no/such/check'] },
      logger: new RecordingLogger(),
    });
    expect((await failureOf(asking.verify(withoutEnd()))).message).toContain('there is no such program');
  });
});
