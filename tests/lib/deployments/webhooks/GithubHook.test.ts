import { sign } from '@octokit/webhooks-methods';
import { describe, expect, it } from 'vitest';
import type { Deployments } from '../../../../src/lib/deployments/Deployments.js';
import { GithubHook } from '../../../../src/lib/deployments/webhooks/GithubHook.js';
import { Unavailable } from '../../../../src/lib/state/errors.js';
import { announcing, Ground } from '../life/ground.js';

const secret = 'between-github-and-the-bot';

async function opened() {
  const ground = await Ground.open();
  const options = { deployments: ground.room, store: ground.store, secret, realTime: { now: () => 0 } };
  return { ground, hook: new GithubHook(options) };
}

let guids = 0;

async function delivery(event: string, payload: object, guid = `guid-${String(++guids).padStart(8, '0')}`) {
  const text = JSON.stringify({
    repository: { full_name: 'acme/bot' },
    sender: { login: 'octocat' },
    ...payload,
  });
  const headers: Record<string, string> = {
    'X-Hub-Signature-256': await sign(secret, text),
    'X-GitHub-Delivery': guid,
    'X-GitHub-Event': event,
  };
  return { header: (name: string) => headers[name], body: new TextEncoder().encode(text) };
}

const deployment = (more: object = {}) => ({
  ...{ id: 42, sha: 'abc123', ref: 'v1.4.0', environment: 'Production', description: 'Faster' },
  ...{ created_at: '2026-10-01T12:00:00Z', transient_environment: false, ...more },
});

const status = (state: string, more: object = {}) => ({
  deployment: deployment(more),
  deployment_status: { state, description: '', log_url: 'https://ci/7', created_at: '2026-10-01T12:01:00Z' },
});

const created = (more: object = {}) => ({ action: 'created', deployment: deployment(more) });

describe('/hooks/github', () => {
  it('takes a deployment through its states', async () => {
    const { ground, hook } = await opened();
    await hook.take(await delivery('deployment', created()));
    expect(ground.room.status()).toMatchObject({
      ...{ version: '1.4.0', state: 'announced', source: 'github', summary: 'Faster' },
      created: { name: 'octocat on GitHub' },
    });
    await hook.take(await delivery('deployment_status', status('in_progress')));
    expect(ground.room.status()).toMatchObject({ state: 'deploying', link: 'https://ci/7' });
    await hook.take(await delivery('deployment_status', status('success')));
    expect(ground.room.status()?.state).toBe('testing');
  });

  it('in whatever order its events come, the end is the same', async () => {
    const { ground, hook } = await opened();
    await hook.take(await delivery('deployment_status', status('success')));
    await hook.take(await delivery('deployment_status', status('in_progress')));
    await hook.take(await delivery('deployment', created()));
    await hook.take(await delivery('deployment_status', status('queued')));
    expect(ground.room.list().map(({ state }) => state)).toEqual(['testing']);
  });

  it('a redelivery is answered with 200 and does nothing', async () => {
    const { ground, hook } = await opened();
    const first = await delivery('deployment_status', status('in_progress'));
    await hook.take(first);
    await ground.room.fail('production', { by: announcing('').by });
    const audited = await ground.audited();
    expect(await hook.take(first)).toMatchObject({ status: 200, outcome: 'replayed' });
    expect(await ground.audited()).toEqual(audited);
  });

  it('a release is announced, and one that is deployed already is not', async () => {
    const { ground, hook } = await opened();
    const release = (tag_name: string, more: object = {}) => ({
      action: 'published',
      release: {
        id: 7,
        tag_name,
        name: 'Faster',
        html_url: 'https://github.com/acme/bot',
        draft: false,
        prerelease: false,
        published_at: '2026-10-01T12:00:00Z',
        ...more,
      },
    });
    await hook.take(await delivery('release', release('v1.4.0')));
    expect(ground.room.status()).toMatchObject({ version: '1.4.0', state: 'announced' });
    await ground.room.start(announcing('1.4.0'));
    expect((await hook.take(await delivery('release', release('v1.4.0')))).outcome).toBe('ignored');
    expect((await hook.take(await delivery('release', release('v1.5.0')))).outcome).toBe('ignored');
    expect(
      (await hook.take(await delivery('release', release('v1.6.0', { prerelease: true })))).outcome,
    ).toBe('ignored');
    expect(ground.room.list().map(({ state }) => state)).toEqual(['deploying']);
  });

  it('a workflow of the commit that is being deployed is a line on its card', async () => {
    const { ground, hook } = await opened();
    await hook.take(await delivery('deployment', created()));
    const run = (head_sha: string) => ({
      action: 'completed',
      workflow_run: { name: 'tests', head_sha, conclusion: 'failure' },
    });
    expect((await hook.take(await delivery('workflow_run', run('abc123')))).outcome).toBe('taken');
    expect((await hook.take(await delivery('workflow_run', run('fff')))).outcome).toBe('ignored');
    expect(ground.room.status()?.news.at(-1)).toMatchObject({
      tone: 'bad',
      text: 'The workflow tests failed.',
    });
  });

  it('a second deployment at once is refused, and people are told', async () => {
    const { ground, hook } = await opened();
    await hook.take(await delivery('deployment_status', status('in_progress')));
    const second = await hook.take(
      await delivery('deployment_status', status('in_progress', { id: 43, ref: 'v1.5.0' })),
    );
    expect(second).toMatchObject({ status: 409, outcome: 'refused' });
    expect((await ground.notices()).map(({ title }) => title)).toContain('1.5.0 was refused in production');
  });

  it('environments that pass, and events that are about something else, are nothing', async () => {
    const { ground, hook } = await opened();
    const passing = await delivery(
      'deployment',
      created({ transient_environment: true, environment: 'pr-7' }),
    );
    expect((await hook.take(passing)).outcome).toBe('ignored');
    expect(await hook.take(await delivery('ping', { zen: 'Design for failure.' }))).toMatchObject({
      status: 200,
    });
    expect(ground.room.list()).toEqual([]);
  });

  it.each([
    ['with another signature', { 'X-Hub-Signature-256': 'sha256=00' }, 401],
    ['without a signature', { 'X-Hub-Signature-256': undefined }, 401],
    ['without a delivery', { 'X-GitHub-Delivery': undefined }, 400],
    ['without an event', { 'X-GitHub-Event': undefined }, 400],
  ])('refuses a message %s', async (_, headers, expected) => {
    const { ground, hook } = await opened();
    const message = await delivery('deployment', created());
    const changed: Readonly<Record<string, string | undefined>> = headers;
    const header = (name: string) => (Object.hasOwn(changed, name) ? changed[name] : message.header(name));
    expect((await hook.take({ ...message, header })).status).toBe(expected);
    expect(ground.room.list()).toEqual([]);
  });

  it('answers 400 to a payload that is not what it says', async () => {
    const { hook } = await opened();
    const answer = await hook.take(
      await delivery('deployment', { action: 'created', deployment: { id: 'x' } }),
    );
    expect(answer).toMatchObject({ status: 400, outcome: 'malformed' });
  });

  it('people are told what was refused, why, and what to do next; and not of a bug', async () => {
    const { ground, hook } = await opened();
    await ground.room.start(announcing('1.3.0'));
    const second = await hook.take(await delivery('deployment_status', status('in_progress')));
    expect(second.body).toMatchObject({ ok: false, code: 'DEPLOYMENT_UNDER_WAY' });
    const [, , notice] = await ground.store.outbox.pending(10);
    const card = JSON.stringify(notice?.body);
    expect(card).toContain('1.3.0 is being deployed to production');
    expect(card).toContain('octocat on GitHub');
    const start = () => Promise.reject(new TypeError('a bug'));
    const broken = new GithubHook({
      ...{ deployments: Object.assign(Object.create(ground.room) as Deployments, { start }), secret },
      ...{ store: ground.store, realTime: { now: () => 0 } },
    });
    await expect(broken.take(await delivery('deployment', created()))).rejects.toThrow('a bug');
    expect(await ground.store.outbox.pending(10)).toHaveLength(4);
  });

  it('asks for the delivery again where the store is away, and takes it then', async () => {
    const { ground, hook } = await opened();
    const away = { outcome: () => Promise.reject(new Unavailable('away', 'none')) };
    const options = { deployments: ground.room, store: away, secret, realTime: { now: () => 0 } };
    const message = await delivery('deployment', created());
    expect(await new GithubHook(options).take(message)).toMatchObject({
      status: 503,
      body: { ok: false, code: 'UNAVAILABLE' },
    });
    expect(await hook.take(message)).toMatchObject({ status: 200, outcome: 'taken', body: { ok: true } });
    expect(await hook.take(message)).toMatchObject({
      status: 200,
      body: { ok: true, message: 'This delivery was taken before.' },
    });
  });

  it('what is sent again when its id is forgotten changes nothing, although another version came since', async () => {
    const { ground, hook } = await opened();
    await hook.take(await delivery('deployment_status', status('success')));
    await ground.until('succeeded', 600_000);
    await hook.take(await delivery('deployment_status', status('success', { id: 43, ref: 'v1.5.0' })));
    await ground.until('succeeded', 600_000);
    const before = await ground.notices();
    for (const state of ['queued', 'in_progress', 'success', 'failure']) {
      expect((await hook.take(await delivery('deployment_status', status(state)))).status).toBe(200);
    }
    await hook.take(await delivery('deployment', created()));
    expect(ground.room.list().map(({ version, state }) => `${version} ${state}`)).toEqual([
      '1.5.0 succeeded',
      '1.4.0 succeeded',
    ]);
    expect(await ground.notices()).toEqual(before);
  });

  it('a release of a version that was deployed long ago is no announcement', async () => {
    const { ground, hook } = await opened();
    await hook.take(await delivery('deployment_status', status('success')));
    await ground.until('succeeded', 600_000);
    await hook.take(await delivery('deployment_status', status('failure', { id: 43, ref: 'v1.5.0' })));
    const release = {
      ...{ id: 7, tag_name: 'v1.4.0', html_url: 'https://github.com/acme/bot', draft: false },
      ...{ prerelease: false, published_at: '2026-10-01T12:00:00Z' },
    };
    const answer = await hook.take(await delivery('release', { action: 'published', release }));
    expect(answer).toMatchObject({ outcome: 'ignored', body: { message: '1.4.0 is known already.' } });
    expect(ground.room.list()).toHaveLength(2);
  });
});
