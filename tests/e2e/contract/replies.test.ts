import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blotted } from './blotted.js';
import { compareReplies } from '../../../src/lib/deployments/contract/compare.js';
import { contractSchema, type ContractReply } from '../../../src/lib/deployments/contract/Contract.js';
import { ClientError, type Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { callsOf, type Call } from './calls.js';

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(async () => {
  await bot.close();
});

function replyOf({ ephemeral, buttons, text, modal }: Seen): ContractReply {
  return {
    private: ephemeral,
    kind: modal === undefined ? 'message' : 'form',
    controls: modal?.fields.map(({ label }) => label) ?? [...buttons],
    text: [...blotted(text)],
  };
}

async function answerTo({ typed, values }: Call): Promise<ContractReply> {
  const isForManagers = typed.startsWith('/beta');
  const person = isForManagers
    ? bot.as('beta1_manager').in('general', 'beta_server_1')
    : bot.as('admin').in('operations');
  try {
    return replyOf(await person.slash(typed, values));
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    throw new Error(`${typed} was not answered: ${error.message}`, { cause: error });
  }
}

it('every command answers as the contract says: nothing that was private is public, no button is gone', async () => {
  const everywhere = bot.as('beta1_manager').in('general', 'beta_server_1').commands();
  const forStaff = bot.as('admin').in('operations').commands();
  const all = new Map([...forStaff, ...everywhere].map((command) => [command.name, command]));
  // The demonstration's own command is no part of what is published.
  all.delete('hello');
  const replies: Record<string, ContractReply> = {};
  for (const call of callsOf([...all.values()])) replies[call.typed] = await answerTo(call);

  const target = process.env['RECORD_REPLIES'];
  if (target !== undefined) await writeFile(target, `${JSON.stringify(replies, null, 2)}\n`);
  else {
    const file = join(import.meta.dirname, '../../../contract.json');
    const contract = contractSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const changes = compareReplies(contract.replies, replies);
    expect(
      changes.filter(({ effect }) => effect === 'breaks').map(({ line }) => line),
      'Take it back, or where it is meant: npm run contract',
    ).toEqual([]);
  }
}, 120_000);
