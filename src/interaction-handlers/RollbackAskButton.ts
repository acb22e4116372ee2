import type { ButtonInteraction } from 'discord.js';
import { rollbackAskAction } from '../lib/alerts/wording/rollbackButtons.js';
import { headlineOf } from '../lib/discord/rollbacks/headline.js';
import { askReason } from '../lib/discord/rollbacks/rollbackFlow.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Roll back, under every card of a feature that is on for somebody: asks why, and does it. */
export class RollbackAskButton extends RolloutsButton {
  protected override readonly actions = [rollbackAskAction];
  protected override readonly opensForm = true;

  protected override async press(
    turn: Turn<ButtonInteraction>,
    _action: string,
    [named = '']: readonly string[],
  ): Promise<void> {
    turn.require('narrow');
    const flag = named === '*' ? null : turn.house.flags.flag(named);
    // The card may be old: nobody should type a reason for what was done since.
    if (flag !== null && flag.killed !== null) {
      const [newest] = turn.house.rollbacks.list().filter((one) => one.flag === flag.key);
      await turn.show({
        tone: 'info',
        title: `${flag.key} is off for everybody already`,
        body:
          newest === undefined
            ? 'Its kill switch was pressed since this card was written.'
            : `It was rolled back since this card was written: ${headlineOf(newest)}.`,
      });
      return;
    }
    await askReason(turn, { kind: 'immediate', flag: flag?.key ?? null });
  }
}
