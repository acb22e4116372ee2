import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { gateResult } from '../../src/lib/deployments/gate/resultSchema.js';
import { verify } from '../../src/lib/deployments/webhooks/signature.js';
import { rollouts } from './FakeTerminal.js';

const secret = 'a shared secret';

describe('rollouts gate', () => {
  let file: string;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gate-cli-'));
    file = join(folder, 'deployment-gate.yaml');
    onTestFinished(() => rm(folder, { recursive: true }));
  });

  const stage = (name: string, code: string, criteria = 'the command succeeds'): string =>
    `  - { name: ${name}, command: "node -e '${code}'", success_criteria: ${criteria} }\n`;
  const gate = async (
    stages: string,
    args: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
  ) => {
    await writeFile(file, `stages:\n${stages}`);
    return rollouts(['gate', '--file', file, '--release', '1.4.0', ...args], environment);
  };

  it('shows each stage as it goes, and ends with 0 where all passed', async () => {
    const { exitCode, out } = await gate(stage('one', '1') + stage('two', '2'));
    expect(exitCode).toBe(0);
    expect(out.replaceAll(/\d+\.\d s/g, '0.1 s').split('\n')).toEqual([
      'Gate for 1.4.0: one, two.',
      '▶ one (1 of 2)',
      '  ✓ one passed in 0.1 s',
      '    ✓ the command succeeds: The exit code counts: 0.',
      '▶ two (2 of 2)',
      '  ✓ two passed in 0.1 s',
      '    ✓ the command succeeds: The exit code counts: 0.',
      expect.stringMatching(/^The gate is passed: 1\.4\.0 may be deployed/),
    ]);
  });

  it('shows the last lines of a stage that failed, and ends with 1', async () => {
    const { exitCode, out, err } = await gate(
      stage('one', 'console.log(`what is wrong`); process.exit(3)') + stage('two', '2'),
    );
    expect(exitCode).toBe(1);
    expect(out).toContain('✗ one failed');
    expect(out).toContain('    Its last lines:\n      what is wrong');
    expect(err).toBe('The gate failed: do not deploy 1.4.0. Failed: one. Not run: two.');
  });

  it('keeps the result in a file, or answers nothing but it', async () => {
    const path = join(folder, 'out.json');
    await gate(stage('one', '1'), ['--json', path]);
    expect(gateResult.parse(JSON.parse(await readFile(path, 'utf8')))).toMatchObject({ release: '1.4.0' });
    const { out, err } = await gate(stage('one', '1'), ['--json']);
    expect(gateResult.parse(JSON.parse(out))).toMatchObject({ verdict: 'passed' });
    expect(err).toContain('▶ one');
  });

  it('shows what the commands write where it is asked to', async () => {
    const { out } = await gate(stage('one', 'console.log(`hello`)'), ['--verbose']);
    expect(out).toContain('\n  hello\n');
  });

  it('says where a file is wrong, and runs nothing', async () => {
    const { exitCode, out, err } = await gate('  - { name: one, command: a | b }\n');
    expect([exitCode, out]).toEqual([1, '']);
    expect(err).toContain(`${file} cannot be followed: line 2, column`);
    expect((await rollouts(['gate', '--file', join(folder, 'none.yaml')], {})).err).toContain('There is no');
  });

  it('takes the version of the package beside the file, and says so where there is none', async () => {
    await writeFile(file, `stages:\n${stage('one', '1')}`);
    const { err } = await rollouts(['gate', '--file', file], {});
    expect(err).toContain('Name it with --release 1.4.0');
    await writeFile(join(folder, 'package.json'), '{"version":"2.0.1"}');
    expect((await rollouts(['gate', '--file', file], {})).out).toContain('Gate for 2.0.1');
  });

  it('says what became of the baseline', async () => {
    expect((await gate(stage('one', '1'), ['--set-baseline'])).out).toContain('so none was set');
    const bench = 'require(`fs`).writeFileSync(`bench.json`, `{\\"p95\\":3}`)';
    const { out } = await gate(stage('one', bench, 'p95 <= baseline'), ['--set-baseline']);
    expect(out).toContain(`The baseline is set in ${join(folder, 'gate-baseline.json')}. Commit it.`);
    const { err } = await gate(stage('one', 'process.exit(1)', 'p95 <= baseline'), ['--set-baseline']);
    expect(err).toContain('The baseline stays as it was, since the gate failed.');
  });

  describe('tells the bot', () => {
    const listen = async (status: number, answer = '') => {
      const bodies: string[] = [];
      const verdicts: string[] = [];
      const server = createServer((request, response) => {
        let body = '';
        request.setEncoding('utf8').on('data', (part: string) => (body += part));
        request.on('end', () => {
          const { 'x-rollouts-timestamp': timestamp, 'x-rollouts-signature': signature } = request.headers;
          verdicts.push(
            verify(body, { timestamp: String(timestamp), signature: String(signature) }, secret, Date.now()),
          );
          bodies.push(body);
          response.writeHead(status).end(answer);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
      return { bodies, verdicts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    };

    it('signed, of a gate that failed as well', async () => {
      const { url, bodies, verdicts } = await listen(200);
      const { exitCode, err } = await gate(
        stage('one', 'process.exit(1)'),
        ['--post', url, '--environment', 'staging'],
        { DEPLOYMENT_WEBHOOK_SECRET: secret },
      );
      expect(exitCode).toBe(1);
      expect(err).toContain('The bot has the result.');
      expect(verdicts).toEqual(['ok']);
      const { gate: posted, ...event } = JSON.parse(bodies[0] ?? '') as { gate: unknown };
      expect(event).toEqual({ event: 'gate', version: '1.4.0', environment: 'staging' });
      expect(gateResult.parse(posted)).toMatchObject({ verdict: 'failed' });
    });

    it('whose address stands in the environment', async () => {
      const { url, bodies } = await listen(200);
      const environment = { ROLLOUTS_URL: url, DEPLOYMENT_WEBHOOK_SECRET: secret };
      expect((await gate(stage('one', '1'), [], environment)).exitCode).toBe(0);
      expect(bodies).toHaveLength(1);
    });

    it('and ends with 3 where the bot could not be told, though all passed; with 1 where it refused', async () => {
      const { url } = await listen(401);
      const environment = { DEPLOYMENT_WEBHOOK_SECRET: secret };
      const { exitCode, err } = await gate(stage('one', '1'), ['--post', url], environment);
      expect(exitCode).toBe(3);
      const refusing = await listen(
        400,
        '{"ok":false,"message":"The gate is that of 1.3.0, and not of 1.4.0."}',
      );
      const refused = await gate(stage('one', '1'), ['--post', refusing.url], environment);
      expect(refused.exitCode).toBe(1);
      expect(refused.err).toContain('The gate is that of 1.3.0, and not of 1.4.0.');
      expect(err).toContain('The bot does not have the result.');
      expect(err).toContain('HTTP 401');
    });

    it('and asks before an hour of tests for what it needs', async () => {
      const missing = await gate(stage('one', '1'), ['--post', 'http://127.0.0.1:1']);
      expect([missing.exitCode, missing.out]).toEqual([1, '']);
      expect(missing.err).toContain('there is no DEPLOYMENT_WEBHOOK_SECRET');
      expect((await gate(stage('one', '1'), ['--post'])).err).toContain('Nothing says where the bot is');
    });
  });
});
