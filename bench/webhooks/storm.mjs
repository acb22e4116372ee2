/**
 * 500 signed webhooks a second for 30 s: deployments that begin and fail, gates of a thousand versions, and every tenth message a
 * second time as somebody would replay it. Each must stand in the audit once; the memory must be at the end what it was after the
 * first seconds.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sign, signatureHeader, timestampHeader } from '../../dist/esm/lib/deployments/webhooks/signature.js';
import { atMost, report } from '../evaluation/worlds/measure.mjs';
import { percentile, withDirectory } from '../state/parts/ground.mjs';

const aSecond = 500;
const seconds = 30;
const secret = 'only-for-this-benchmark';
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

await withDirectory(async (directory) => {
  const receiver = fork(join(import.meta.dirname, 'parts', 'receiver.mjs'), [directory, secret], {
    execArgv: ['--expose-gc'],
  });
  const [{ port }] = await once(receiver, 'message');
  const ask = async (what) => {
    const answered = once(receiver, 'message');
    receiver.send(what);
    return (await answered)[0];
  };
  const delays = [];
  const wanted = [];
  const wrong = [];
  const running = [];
  let heapEarly;
  const began = performance.now();
  for (let sent = 0; sent < aSecond * seconds; sent++) {
    const due = began + (sent * 1_000) / aSecond;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    const message = messageOf(sent);
    wanted.push(message.title);
    const body = JSON.stringify(message.event);
    const headers = signed(body);
    running.push(
      timed(() => post(port, body, headers)).then(async ({ status, ms }) => {
        delays.push(ms);
        if (status !== 200) wrong.push(`${status} to ${message.title}`);
        const isReplayed = sent % 10 === 0;
        if (isReplayed && (await post(port, body, headers)) !== 409) wrong.push(`replayed: ${message.title}`);
      }),
    );
    if (sent === aSecond * 8) void ask('memory').then(({ heap }) => (heapEarly = heap));
  }
  await Promise.all(running);
  const tookS = (performance.now() - began) / 1_000;
  const { heap } = await ask('memory');
  const { outcomes, titles } = await ask('end');
  agent.destroy();

  const counts = new Map();
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1);
  const lost = wanted.filter((title) => !counts.has(title)).length;
  const doubled = wanted.filter((title) => (counts.get(title) ?? 0) > 1).length;
  for (const why of wrong.slice(0, 5)) console.log(why);
  report({
    ...{ name: `${aSecond} signed webhooks a second for ${seconds} s`, unit: 'webhooks' },
    values: {
      sent: wanted.length,
      lost,
      doubled,
      wrong: wrong.length,
      tookS: Number(tookS.toFixed(1)),
      ...outcomes,
    },
    target: 'none lost, none doubled, all in their time',
    ok: lost === 0 && doubled === 0 && wrong.length === 0 && tookS <= seconds + 2,
  });
  report({
    name: 'answer to a webhook',
    unit: 'ms',
    values: { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) },
  });
  atMost('heap at the end, of that after 8 s', 'x', heap / heapEarly, 1.25);
});

/** Of ten messages one begins a deployment, one ends that of 0.6 s before, and eight are gates. Titles as the audit has them. */
function messageOf(n) {
  const round = Math.floor(n / 10);
  if (n % 10 === 0) {
    const { version, environment } = named(round);
    const title = `Start deployment ${version} to ${environment}`;
    return { event: { event: 'started', version, environment }, title };
  }
  if (n % 10 === 5 && round >= 30) {
    const { version, environment } = named(round - 30);
    const title = `Deployment ${version} to ${environment} failed`;
    return { event: { event: 'failed', version, environment, summary: 'a benchmark' }, title };
  }
  const { environment } = named(round);
  const release = `2.${n}.0`;
  const at = Date.now();
  const stage = {
    name: 'tests',
    verdict: 'passed',
    tookMs: 1,
    exitCode: 0,
    criteria: [],
    sentence: 'Passed.',
    tail: '',
  };
  const gate = {
    ...{ format: 'rollouts-gate', version: 1, release, commit: null, startedAt: at, endedAt: at },
    ...{ verdict: 'passed', stages: [stage] },
  };
  return {
    event: { event: 'gate', version: release, environment, gate },
    title: `The gate passed for ${release} in ${environment}`,
  };
}

function named(round) {
  return { version: `1.${round}.0`, environment: `place-${round % 50}` };
}

function signed(body) {
  const { timestamp, signature } = sign(body, secret, Date.now());
  return { [timestampHeader]: timestamp, [signatureHeader]: signature, 'Content-Type': 'application/json' };
}

async function timed(act) {
  const began = performance.now();
  return { status: await act(), ms: performance.now() - began };
}

function post(port, body, headers) {
  return new Promise((resolve, reject) => {
    const sent = request(
      { ...{ agent, port, host: '127.0.0.1', path: '/hooks/deployments', method: 'POST' }, headers },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
