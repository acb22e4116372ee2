/** `rollouts deploy start|finish|fail`: tells the bot of a deployment, signed, from wherever it is deployed. */
import type { Command } from 'commander';
import type { Environment } from '../config/environment.js';
import { RolloutError } from '../lib/core/RolloutError.js';
import { checkAnnouncement, defaultEnvironment } from '../lib/deployments/life/checkAnnouncement.js';
import { postEvent } from '../lib/deployments/webhooks/postEvent.js';
import type { Report, Terminal } from './Terminal.js';

/** Something that the bot must be told, or must be told with, is missing. */
export class NotSaid extends RolloutError {
  public readonly code = 'NOT_SAID';
}

interface Flags {
  readonly json?: boolean;
  readonly environment: string;
  readonly summary?: string;
  readonly link?: string;
  readonly url?: string;
}

export interface Deploy {
  readonly event: 'started' | 'finished' | 'failed';
  readonly version: string;
  readonly environment: string;
  readonly summary: string | undefined;
  readonly link: string | undefined;
  readonly url: string | undefined;
}

const verbs = [
  ['start', 'started', 'Says that a version is being deployed now. A version whose gate failed is refused.'],
  ['finish', 'finished', 'Says that it is deployed: smoke tests run, then it is watched for an hour.'],
  ['fail', 'failed', 'Says that the deployment failed; nothing is rolled back by this.'],
] as const;

/** Into the program. */
export function addDeploy(
  program: Command,
  terminal: Terminal,
  run: (json: boolean, act: () => Promise<Report>) => Promise<void>,
): void {
  const deploy = program
    .command('deploy')
    .description('Tells the bot of a deployment, signed with DEPLOYMENT_WEBHOOK_SECRET.');
  for (const [verb, event, description] of verbs) {
    deploy
      .command(`${verb} <version>`)
      .description(description)
      .option('--env, --environment <name>', 'where to', defaultEnvironment)
      .option('--summary <text>', verb === 'fail' ? 'why' : 'what is new')
      .option('--link <url>', "the release, or the run that deploys it (default: GitHub's or GitLab's own)")
      .option('--url <url>', 'where the bot is (default: ROLLOUTS_URL)')
      .option('--json', 'answer in JSON')
      .allowExcessArguments(false)
      .action((version: string, { json = false, environment, summary, link, url }: Flags) =>
        run(json, () =>
          tell(terminal, {
            ...{ event, version, environment, summary, url },
            link: link ?? runOf(terminal.environment),
          }),
        ),
      );
  }
}

/** @throws NotSaid, BadAnnouncement, NotPosted */
export async function tell(terminal: Terminal, deploy: Deploy): Promise<Report> {
  const { event, version, environment, summary, link } = deploy;
  const said = {
    ...{ version, environment },
    ...(summary !== undefined && { summary }),
    ...(link !== undefined && { link }),
  };
  checkAnnouncement({ ...said, source: 'webhook', by: { id: 'system:cli', name: 'the command line' } });
  const url = deploy.url ?? variable(terminal, 'ROLLOUTS_URL', 'Nothing says where the bot is.', '--url');
  const secret = variable(
    terminal,
    'DEPLOYMENT_WEBHOOK_SECRET',
    'Nothing can be signed without the secret that the bot has.',
  );
  await postEvent({ event, ...said }, { url, secret, clock: terminal });
  return {
    exitCode: 0,
    text: `The bot knows that ${version} ${words[event]} in ${environment}.`,
    json: { ok: true, event, ...said },
  };
}

const words = { started: 'is being deployed', finished: 'is deployed', failed: 'failed' } as const;

/** @throws NotSaid */
function variable({ environment }: Terminal, name: string, message: string, option?: string): string {
  const value = environment[name]?.trim() ?? '';
  if (value !== '') return value;
  const or = option === undefined ? '' : `, or give ${option}`;
  throw new NotSaid(message, { next: `Set ${name}${or}; docs/deploying.md says how.` });
}

/** The page of the run under way, where CI says it. */
function runOf(environment: Environment): string | undefined {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: id,
    CI_PIPELINE_URL,
  } = environment;
  const isOnGithub = [server, repository, id].every((value) => value !== undefined && value !== '');
  return isOnGithub ? `${server}/${repository}/actions/runs/${id}` : CI_PIPELINE_URL;
}
