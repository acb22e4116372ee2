import { describe, expect, it } from 'vitest';
import { readGithubEvent } from '../../../../src/lib/deployments/webhooks/githubEvent.js';

const common = { repository: { full_name: 'acme/bot' }, sender: { login: 'octocat' } };
const at = '2026-10-01T12:00:00Z';

const release = (more: object = {}) => ({
  ...{ ...common, action: 'published' },
  release: {
    ...{ id: 7, tag_name: 'v1.4.0', name: 'Faster', html_url: 'https://github.com/acme/bot/releases/7' },
    ...{ draft: false, prerelease: false, published_at: at, ...more },
  },
});

const deployment = (more: object = {}) => ({
  ...{ id: 42, sha: 'abc123', ref: 'refs/tags/v1.4.0', environment: 'production', description: null },
  ...{ created_at: at, ...more },
});

const told = (state: string, status: object = {}, more: object = {}) => ({
  ...{ ...common, deployment: deployment(more) },
  deployment_status: { state, created_at: at, ...status },
});

describe('what GitHub tells', () => {
  it('a release is its version in production, dated by when it was published', () => {
    expect(readGithubEvent('release', release())).toEqual({
      ...{ is: 'released', version: '1.4.0', environment: 'production', summary: 'Faster' },
      link: 'https://github.com/acme/bot/releases/7',
      origin: { ref: 'acme/bot@7', commit: null, at: Date.parse(at) },
      login: 'octocat',
    });
    expect(readGithubEvent('release', release({ published_at: null }))).toMatchObject({ origin: { at: 0 } });
  });

  it.each([
    ['a draft', release({ draft: true })],
    ['a prerelease', release({ prerelease: true })],
    ['one that is edited', { ...release(), action: 'edited' }],
  ])('of %s nothing is said', (_, body) => {
    expect(readGithubEvent('release', body)).toMatchObject({ is: 'ignored' });
  });

  it.each([
    ['queued', 'ahead'],
    ['pending', 'ahead'],
    ['waiting', 'ahead'],
    ['in_progress', 'started'],
    ['success', 'finished'],
    ['failure', 'failed'],
    ['error', 'failed'],
    ['inactive', 'ignored'],
  ])('a deployment that is %s is %s', (state, is) => {
    expect(readGithubEvent('deployment_status', told(state))).toMatchObject({ is });
  });

  it('a deployment is known by its repository and number, and its commit', () => {
    expect(readGithubEvent('deployment_status', told('success'))).toMatchObject({
      version: '1.4.0',
      origin: { ref: 'acme/bot#42', commit: 'abc123', at: Date.parse(at) },
      login: 'octocat',
    });
  });

  it('what a status says itself comes before what its deployment said', () => {
    const more = { description: 'Ship it' };
    expect(readGithubEvent('deployment_status', told('success', {}, more))).toMatchObject({
      summary: 'Ship it',
    });
    const status = { description: ' Shipped ', log_url: '', target_url: 'https://ci/8' };
    expect(readGithubEvent('deployment_status', told('success', status, more))).toMatchObject({
      ...{ summary: 'Shipped', link: 'https://ci/8' },
    });
  });

  it.each(['javascript:alert(1)', `https://ci/${'x'.repeat(490)}`, 'https://', 'ci/8'])(
    'what is no address of a page is no link: %s',
    (log_url) => {
      expect(readGithubEvent('deployment_status', told('success', { log_url }))).toMatchObject({
        link: undefined,
      });
    },
  );

  it.each([
    ['Production', 'production'],
    ['EU West (blue)', 'eu-west-blue-'],
    ['(blue)', 'blue-'],
    ['***', 'production'],
    ['x'.repeat(40), 'x'.repeat(32)],
  ])('the environment %s is %s', (environment, expected) => {
    expect(readGithubEvent('deployment_status', told('success', {}, { environment }))).toMatchObject({
      environment: expected,
    });
  });

  it.each([
    ['main', 'main'],
    ['refs/heads/main', 'main'],
    ['v2', '2'],
    ['vnext', 'vnext'],
    ['x'.repeat(80), 'x'.repeat(64)],
  ])('the ref %s is the version %s', (ref, version) => {
    expect(readGithubEvent('deployment_status', told('success', {}, { ref }))).toMatchObject({ version });
  });

  it.each([
    ['success', 'completed', 'good', 'passed'],
    ['failure', 'completed', 'bad', 'failed'],
    ['timed_out', 'completed', 'bad', 'failed'],
  ])('a workflow that ended in %s is a line', (conclusion, action, tone, word) => {
    const workflow_run = { name: 'tests', head_sha: 'abc123', conclusion };
    expect(readGithubEvent('workflow_run', { ...common, action, workflow_run })).toEqual({
      ...{ is: 'heard', commit: 'abc123', tone, text: `The workflow tests ${word}.`, login: 'octocat' },
    });
  });

  it.each([
    ['success', 'requested'],
    ['cancelled', 'completed'],
    [null, 'completed'],
  ])('a workflow that is %s when %s is nothing', (conclusion, action) => {
    const workflow_run = { name: null, head_sha: 'abc123', conclusion };
    expect(readGithubEvent('workflow_run', { ...common, action, workflow_run })).toMatchObject({
      is: 'ignored',
    });
  });

  it.each([
    ['release', release({ prerelease: undefined }), 'release.prerelease'],
    ['deployment', { ...common, action: 'created', deployment: deployment({ id: 'x' }) }, 'deployment.id'],
    ['deployment_status', { ...told('success'), sender: undefined }, 'sender'],
    ['workflow_run', { ...common, action: 'completed' }, 'workflow_run'],
  ])('a %s that is not what it says is malformed, and says where', (name, body, where) => {
    const event = readGithubEvent(name, JSON.parse(JSON.stringify(body)) as never);
    expect(event).toMatchObject({ is: 'malformed', why: expect.stringContaining(where) as string });
  });
});
