import { describe, expect, it, vi } from 'vitest';
import type { GateInBot } from '../../../../src/lib/deployments/gate/GateInBot.js';
import { validateDeployment } from '../../../../src/lib/discord/deployments/validateDeployment.js';
import { liveDeployments } from '../../../../src/lib/discord/deployments/liveDeployments.js';
import type { House } from '../../../../src/lib/discord/House.js';
import { Forbidden } from '../../../../src/lib/discord/rights.js';
import { NotNow } from '../../../../src/lib/flags/errors.js';
import { announcing, gateOf, Ground } from '../../deployments/life/ground.js';
import { type roles, turnOf } from '../rollbacks/turn.js';

const cardOf = (house: House) => liveDeployments(house, [])[0];
const mark = (house: House): string | undefined => cardOf(house)?.mark;
const cardText = async (house: House): Promise<string> => JSON.stringify(await cardOf(house)?.draw());

const asked = { version: '1.4.0', environment: 'production', isToRun: false };

async function opened(role: keyof typeof roles = 'admin', gateInBot?: GateInBot) {
  const ground = await Ground.open();
  let now = 0;
  // Every look at the clock is two seconds later, so that every tick is shown.
  const realTime = { now: () => (now += 2_000) };
  return { ground, ...turnOf(role, { deployments: ground.room, gateInBot, realTime }) };
}

describe('/deploy validate', () => {
  it('says how a gate is run where none was', async () => {
    const { turn, shown } = await opened();
    await validateDeployment(turn, asked);
    expect(shown.at(-1)?.text).toContain('No gate was run for 1.4.0');
  });

  it('shows the newest result of the version', async () => {
    const { ground, turn, shown } = await opened('staff');
    await ground.room.takeGate(gateOf('1.4.0', 'failed'), 'production', { by: turn.actor });
    await validateDeployment(turn, asked);
    expect(shown.at(-1)?.text).toContain('The gate failed for 1.4.0');
  });

  it('runs it in the bot with a tick a stage, and keeps what it found', async () => {
    const gateInBot = vi.fn<GateInBot>(({ release, onTicks }) => {
      onTicks([{ stage: 'unit tests', state: 'running', detail: '12 of 40' }]);
      return Promise.resolve(gateOf(release, 'passed'));
    });
    const { ground, turn, shown } = await opened('admin', gateInBot);
    await validateDeployment(turn, { ...asked, isToRun: true });
    expect(shown.map(({ text }) => text).join()).toContain('12 of 40');
    expect(shown.at(-1)?.text).toContain('The gate passed for 1.4.0');
    expect(ground.room.gate('1.4.0')?.verdict).toBe('passed');
  });

  it('shows on the card of that version how far the gate is, and nothing of it once it has ended', async () => {
    const cards: string[] = [];
    const gateInBot = vi.fn<GateInBot>(async ({ release, onTicks }) => {
      onTicks([
        { stage: 'lint', state: 'passed', detail: 'It ended with 0.' },
        { stage: 'unit tests', state: 'running', detail: '12 of 40' },
      ]);
      cards.push(await cardText(house));
      return gateOf(release, 'failed');
    });
    const { ground, turn, house } = await opened('admin', gateInBot);
    await ground.room.start(announcing('1.4.0'));
    const before = mark(house);
    await validateDeployment(turn, { ...asked, version: 'v1.4.0', isToRun: true });
    expect(cards[0]).toContain('▶ **Gate**  runs');
    expect(cards[0]).toContain('✔ lint  It ended with 0.');
    expect(cards[0]).toContain('▶ **unit tests**  12 of 40');
    expect(await cardText(house)).toContain('✖ **Gate**  failed: unit tests');
    expect(await cardText(house)).not.toContain('12 of 40');
    expect(mark(house)).not.toBe(before);
  });

  it('shows nothing on the card of another version, and nothing where the run was refused', async () => {
    const gateInBot = vi.fn<GateInBot>(async ({ onTicks }) => {
      onTicks([{ stage: 'unit tests', state: 'running', detail: '12 of 40' }]);
      if (gateInBot.mock.calls.length === 1) {
        const second = turnOf('admin', { deployments: ground.room, gateInBot });
        await expect(
          validateDeployment(second.turn, { ...asked, version: '1.3.0', isToRun: true }),
        ).rejects.toThrow('already');
        expect(await cardText(house)).not.toContain('12 of 40');
        return gateOf('1.5.0', 'passed');
      }
      throw new NotNow('It is run already.');
    });
    const { ground, turn, house } = await opened('admin', gateInBot);
    await ground.room.start(announcing('1.3.0'));
    await validateDeployment(turn, { ...asked, version: '1.5.0', isToRun: true });
    expect(await cardText(house)).not.toContain('12 of 40');
  });

  it('lets admins alone run commands on the machine of the bot', async () => {
    const gateInBot = vi.fn<GateInBot>();
    const { turn } = await opened('staff', gateInBot);
    await expect(validateDeployment(turn, { ...asked, isToRun: true })).rejects.toBeInstanceOf(Forbidden);
    expect(gateInBot).not.toHaveBeenCalled();
  });

  it('says so where the bot does not run it, and where no version is meant', async () => {
    const { turn } = await opened();
    await expect(validateDeployment(turn, { ...asked, isToRun: true })).rejects.toThrow(
      'not run in this bot',
    );
    await expect(validateDeployment(turn, { ...asked, version: undefined })).rejects.toBeInstanceOf(NotNow);
  });
});
