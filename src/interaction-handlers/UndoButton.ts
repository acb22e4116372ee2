import type { ButtonInteraction } from 'discord.js';
import { makeChange } from '../lib/discord/changeFlow.js';
import { parseEntry } from '../lib/discord/entryNumber.js';
import type { House } from '../lib/discord/House.js';
import { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Undo under a notice. The notice stays as it is, a record; the answer is for the person who pressed. */
export class UndoButton extends RolloutsButton {
  protected override readonly actions = ['undo'];

  protected override async press(
    interaction: ButtonInteraction,
    house: House,
    _action: string,
    [entry = '']: readonly string[],
  ): Promise<void> {
    const turn = new Turn(house, interaction);
    turn.require('look');
    await makeChange(turn, { do: 'undo', entry: parseEntry(entry) });
  }
}
