import type { ModalSubmitInteraction } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { askOfRollback } from '../../../../src/lib/discord/rollbacks/askOfRollback.js';
import { begunCard, proposalCard } from '../../../../src/lib/discord/rollbacks/outcomeCards.js';
import { pressRollbackButton } from '../../../../src/lib/discord/rollbacks/pressRollbackButton.js';
import { type Intent, readReasonForm, reasonForm } from '../../../../src/lib/discord/rollbacks/reasonForm.js';
import {
  askReason,
  begin,
  dryRunsOf,
  type WantedRollback,
} from '../../../../src/lib/discord/rollbacks/rollbackFlow.js';
import type { RollbackDocument } from '../../../../src/lib/rollbacks/documents.js';
import type { RollbackOutcome, RollbacksRoom } from '../../../../src/lib/rollbacks/RollbacksRoom.js';
import { rollback } from './rollbackFixture.js';
import { turnOf } from './turn.js';

const by = { id: '7', name: 'oncall' };
const wanted: WantedRollback = {
  kind: 'immediate',
  by,
  flag: 'new_greeting',
  trigger: 'security',
  reason: 'It leaks names',
};
const done: RollbackOutcome = { status: 'done', rollback: rollback() };

function roomOf(answers: Partial<RollbacksRoom>): RollbacksRoom {
  return { status: () => rollback(), list: () => [], ...answers } as unknown as RollbacksRoom;
}

describe('an immediate rollback', () => {
  it('asks nothing, also of everything, and says at once what happened, then where to watch', async () => {
    const now = vi.fn(async () => done);
    const { turn, shown } = turnOf('oncall', { rollbacks: roomOf({ now }) });
    await begin(turn, { ...wanted, flag: null }, false);
    expect(now).toHaveBeenCalledWith(expect.objectContaining({ flag: null, reason: 'It leaks names' }));
    expect(shown[0]?.text).toContain('is off for everybody, after 0.02 s');
    expect(shown[0]?.text).toContain('unkill');
    expect(shown[0]?.buttons).toEqual([]);
    expect(shown.at(-1)?.text).toContain('/200000000000000001/300000000000000001');
  });

  it('says who is told: a drill is operations’ alone', () => {
    const said = (change: Partial<RollbackDocument>) => JSON.stringify(begunCard(rollback(change)).body);
    expect(said({})).toContain('Staff and management are told');
    expect(said({ kind: 'drill' })).toContain('Only #operations is told');
  });

  it('is for staff and on-call, and for nobody else', async () => {
    const now = vi.fn(async () => done);
    for (const role of ['staff', 'admin'] as const) {
      const { turn } = turnOf(role, { rollbacks: roomOf({ now }) });
      await begin(turn, wanted, false);
    }
    expect(now).toHaveBeenCalledTimes(2);
    const { turn } = turnOf('nobody', { rollbacks: roomOf({ now }) });
    await expect(begin(turn, wanted, false)).rejects.toThrow('You may not do this');
    await expect(askReason(turn, { kind: 'immediate', flag: null })).rejects.toThrow('You may not do this');
    expect(now).toHaveBeenCalledTimes(2);
  });

  it('that somebody else was first with says who, and shows theirs', async () => {
    const first: RollbackOutcome = {
      status: 'unchanged',
      rollback: rollback(),
      why: 'admin was first, 2 s ago.',
    };
    const { turn, shown } = turnOf('staff', { rollbacks: roomOf({ now: async () => first }) });
    await begin(turn, wanted, false);
    expect(shown[0]?.text).toContain('admin was first');
    expect(shown[0]?.text).toContain(rollback().id);
  });

  it('with the store away says where it is off, and later that it is off everywhere', async () => {
    let land = (_document: RollbackDocument): void => undefined;
    const settled = new Promise<RollbackDocument>((resolve) => {
      land = resolve;
    });
    const { turn, shown } = turnOf('staff', {
      rollbacks: roomOf({ now: async () => ({ status: 'here-only', settled }) }),
    });
    const told = begin(turn, wanted, false);
    await vi.waitFor(() => expect(shown[0]?.text).toContain('off in this process only'));
    expect(shown[0]?.text).toContain('ROLLBACK_MODE=true');
    land(rollback());
    await told;
    expect(shown.at(-1)?.text).toContain('off everywhere now');
  });
});

describe('a gradual rollback', () => {
  const proposal = {
    flag: 'new_greeting',
    guilds: 4_200,
    members: 10,
    rollouts: [],
    batches: { count: 42, size: 100, minutes: 20.5 },
    steps: ['Snapshot of the state.'],
  };

  it('shows first what it would do, and keeps the question for whoever asked', async () => {
    const propose = vi.fn(async () => proposal);
    const { turn, shown, house } = turnOf('staff', { rollbacks: roomOf({ propose }) });
    await begin(turn, { ...wanted, kind: 'gradual', by: turn.actor }, true);
    expect(shown[0]?.text).toContain('Nothing has changed yet');
    expect(shown[0]?.text).toContain('42 batches of up to 100 guilds, 30 s apart: about 21 minutes');
    const [begins = ''] = shown[0]?.buttons ?? [];
    const id = begins.split(':')[2] ?? '';
    expect(() => dryRunsOf(house).take(id, 'somebody else', 0)).toThrow('Only the person who ran');
    expect(dryRunsOf(house).take(id, turn.actor.id, 0)).toMatchObject({ kind: 'gradual' });
  });
});

describe('what is asked of one under way', () => {
  const asked = async () => done;

  it('a press that is a batch late still stops and hurries, and does not turn anything on again', async () => {
    const [pause, hurry, resume] = [vi.fn(asked), vi.fn(asked), vi.fn(asked)];
    const rollbacks = roomOf({ pause, hurry, resume });
    await pressRollbackButton(turnOf('oncall', { rollbacks }).turn, 'pause', 'x', 1);
    await pressRollbackButton(turnOf('oncall', { rollbacks }).turn, 'hurry', 'x', 1);
    await pressRollbackButton(turnOf('oncall', { rollbacks }).turn, 'resume', 'x', 1);
    expect(pause).toHaveBeenCalledWith('x', { by: expect.anything() as unknown });
    expect(hurry).toHaveBeenCalledWith('x', { by: expect.anything() as unknown });
    expect(resume).toHaveBeenCalledWith('x', expect.objectContaining({ revision: 1 }));
  });

  it('cancelling gives guilds the feature again: for admins, and asked once more', async () => {
    const cancel = vi.fn(asked);
    const rollbacks = roomOf({ cancel });
    await expect(
      pressRollbackButton(turnOf('staff', { rollbacks }).turn, 'cancel', 'x', 1),
    ).rejects.toThrow();
    const { turn, shown } = turnOf('admin', { rollbacks });
    await pressRollbackButton(turn, 'cancel', 'x', 1);
    expect(shown[0]?.text).toContain('Nothing has changed yet');
    expect(cancel).not.toHaveBeenCalled();
    await askOfRollback(turn, 'cancel', 'x', { revision: 1 });
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe('the form that asks why', () => {
  const filled = (values: Readonly<Record<string, string>>) =>
    ({
      customId: 'x',
      fields: {
        getTextInputValue: (name: string) => values[name] ?? '',
        getStringSelectValues: (name: string) => [values[name] ?? ''],
      },
    }) as unknown as ModalSubmitInteraction;
  const argsOf = (intent: Intent) => (reasonForm(intent).toJSON().custom_id ?? '').split(':').slice(2);

  it('keeps what was asked for, whatever it was', () => {
    const intents: readonly Intent[] = [
      { kind: 'immediate', flag: null },
      { kind: 'gradual', flag: 'x', trigger: 'compliance', withDatabase: true, dryRun: true },
      { kind: 'immediate', flag: 'y', trigger: 'security', dryRun: true },
    ];
    for (const intent of intents) {
      const read = readReasonForm(filled({ reason: ' why ', trigger: 'data-corruption' }), argsOf(intent));
      expect(read).toEqual({
        kind: intent.kind,
        flag: intent.flag,
        withDatabase: intent.withDatabase ?? false,
        dryRun: intent.dryRun ?? false,
        trigger: intent.trigger ?? 'data-corruption',
        reason: 'why',
      });
    }
  });

  it('fits the longest name of a flag into the 100 characters that Discord takes', () => {
    const form = reasonForm({
      kind: 'gradual',
      flag: 'f'.repeat(64),
      trigger: 'external-dependency',
      withDatabase: true,
      dryRun: true,
    }).toJSON();
    expect(form.custom_id?.length).toBeLessThanOrEqual(100);
    expect(form.title?.length).toBeLessThanOrEqual(45);
  });
});

it.each([
  [0, 'done at once'],
  [0.5, 'about 1 minute'],
  [24.5, 'about 25 minutes'],
])('a gradual one of %s minutes is said to take %s, once', (minutes, said) => {
  const batches = { count: 2, size: 100, minutes };
  const facts = { flag: null, guilds: 135, members: 9, rollouts: [], batches, steps: ['Turned off: now.'] };
  const card = JSON.stringify(proposalCard(facts, 'x', 0));
  expect(card).toContain(said);
  expect(card.match(/minute/g) ?? []).toHaveLength(minutes === 0 ? 0 : 1);
  expect(card).toContain('Roll back everything, batch by batch?');
});
