/** GitHub's events as what they mean for a deployment. What GitHub sends is much larger; only what is used is looked at. */
import { z } from 'zod';
import type { Json } from '../../core/Json.js';
import type { DeploymentOrigin } from '../documents.js';
import { defaultEnvironment } from '../life/checkAnnouncement.js';
import { plainVersion } from '../life/plainVersion.js';

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const common = {
  repository: z.object({ full_name: z.string().max(200) }),
  sender: z.object({ login: z.string().max(60) }),
};
const deploymentShape = z.object({
  id: z.number(),
  sha: z.string().max(64),
  ref: z.string().max(300),
  environment: z.string().max(255),
  description: z.string().nullish(),
  created_at: time,
  transient_environment: z.boolean().nullish(),
});
const shapes = {
  deployment: z.object({ ...common, action: z.literal('created'), deployment: deploymentShape }),
  deployment_status: z.object({
    ...common,
    deployment: deploymentShape,
    deployment_status: z.object({
      state: z.string(),
      description: z.string().nullish(),
      log_url: z.string().nullish(),
      target_url: z.string().nullish(),
      created_at: time,
    }),
  }),
  release: z.object({
    ...common,
    action: z.string(),
    release: z.object({
      id: z.number(),
      tag_name: z.string().max(300),
      name: z.string().nullish(),
      html_url: z.string(),
      draft: z.boolean(),
      prerelease: z.boolean(),
      published_at: time.nullish(),
    }),
  }),
  workflow_run: z.object({
    ...common,
    action: z.string(),
    workflow_run: z.object({
      name: z.string().nullish(),
      head_sha: z.string(),
      conclusion: z.string().nullish(),
    }),
  }),
} as const;

export interface GithubTold {
  readonly is: 'ahead' | 'started' | 'finished' | 'failed' | 'released';
  readonly version: string;
  readonly environment: string;
  readonly summary: string | undefined;
  readonly link: string | undefined;
  readonly origin: DeploymentOrigin;
  /** Who did it on GitHub. */
  readonly login: string;
}

export type GithubEvent =
  | GithubTold
  | {
      readonly is: 'heard';
      readonly commit: string;
      readonly tone: 'good' | 'bad';
      readonly text: string;
      readonly login: string;
    }
  | { readonly is: 'ignored'; readonly why: string }
  | { readonly is: 'malformed'; readonly why: string };

/** @param name what X-GitHub-Event says */
export function readGithubEvent(name: string, body: Json): GithubEvent {
  switch (name) {
    case 'deployment':
      return reading(shapes.deployment, body, (told) =>
        ofDeployment(told, 'ahead', told.deployment.created_at),
      );
    case 'deployment_status':
      return reading(shapes.deployment_status, body, ofStatus);
    case 'release':
      return reading(shapes.release, body, ofRelease);
    case 'workflow_run':
      return reading(shapes.workflow_run, body, ofWorkflow);
    default:
      return ignoring(`Nothing is done about ${name.slice(0, 60)}.`);
  }
}

function reading<T>(schema: z.ZodType<T>, body: Json, meaning: (told: T) => GithubEvent): GithubEvent {
  const read = schema.safeParse(body);
  if (read.success) return meaning(read.data);
  const [issue] = read.error.issues;
  return { is: 'malformed', why: `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'not readable'}` };
}

const meanings: Readonly<Record<string, GithubTold['is']>> = {
  queued: 'ahead',
  pending: 'ahead',
  waiting: 'ahead',
  in_progress: 'started',
  success: 'finished',
  failure: 'failed',
  error: 'failed',
};

function ofStatus(told: z.infer<typeof shapes.deployment_status>): GithubEvent {
  const { state, description, log_url, target_url, created_at } = told.deployment_status;
  const is = meanings[state];
  if (is === undefined) return ignoring(`Nothing is done about a deployment that is ${state.slice(0, 60)}.`);
  const event = ofDeployment(told, is, created_at);
  if (event.is === 'ignored') return event;
  const summary = textOf(description) ?? textOf(told.deployment.description);
  return { ...event, summary, link: linkOf(log_url) ?? linkOf(target_url) };
}

function ofDeployment(
  {
    deployment,
    repository,
    sender,
  }: Pick<z.infer<typeof shapes.deployment_status>, 'deployment' | 'repository' | 'sender'>,
  is: GithubTold['is'],
  at: number,
): GithubTold | (GithubEvent & { is: 'ignored' }) {
  const { id, sha, ref, environment, description, transient_environment } = deployment;
  // One a pull request: nobody wants them announced.
  if (transient_environment === true) return ignoring(`${environment} is a passing environment.`);
  return {
    is,
    version: versionOf(ref),
    environment: environmentOf(environment),
    summary: textOf(description),
    link: undefined,
    origin: { ref: `${repository.full_name}#${id}`, commit: sha, at },
    login: sender.login,
  };
}

function ofRelease({ action, release, repository, sender }: z.infer<typeof shapes.release>): GithubEvent {
  const { id, tag_name, name, html_url, draft, prerelease, published_at } = release;
  if (action !== 'published' || draft || prerelease)
    return ignoring('Only published releases are announced.');
  return {
    is: 'released',
    version: versionOf(tag_name),
    environment: defaultEnvironment,
    summary: textOf(name),
    link: linkOf(html_url),
    origin: { ref: `${repository.full_name}@${id}`, commit: null, at: published_at ?? 0 },
    login: sender.login,
  };
}

function ofWorkflow({ action, workflow_run, sender }: z.infer<typeof shapes.workflow_run>): GithubEvent {
  const { name, head_sha, conclusion } = workflow_run;
  const hasPassed = conclusion === 'success';
  const hasFailed = conclusion === 'failure' || conclusion === 'timed_out';
  if (action !== 'completed' || (!hasPassed && !hasFailed))
    return ignoring('Only what passed or failed counts.');
  const what = `The workflow ${(name ?? 'without a name').slice(0, 100)} ${hasPassed ? 'passed' : 'failed'}.`;
  return { is: 'heard', commit: head_sha, tone: hasPassed ? 'good' : 'bad', text: what, login: sender.login };
}

const ignoring = (why: string) => ({ is: 'ignored', why }) as const;

const versionOf = (ref: string): string => plainVersion(ref).slice(0, 64);

/** GitHub lets environments have capitals and spaces. */
function environmentOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 32);
  return plain === '' ? defaultEnvironment : plain;
}

function textOf(text: string | null | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed.slice(0, 1_000);
}

function linkOf(link: string | null | undefined): string | undefined {
  const isLink =
    typeof link === 'string' && link.length <= 500 && /^https?:\/\//.test(link) && URL.canParse(link);
  return isLink ? link : undefined;
}
