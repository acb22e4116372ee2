import type { ButtonInteraction } from 'discord.js';
import { makeChange } from '../lib/discord/changeFlow.js';
import { parseEntry } from '../lib/discord/entryNumber.js';
import type { Turn } from '../lib/discord/Turn.js';
import { RolloutsButton } from './RolloutsButton.js';

/** Undo under a notice. The notice stays as it is, a record; the answer is for the person who pressed. */
export class UndoButton extends RolloutsButton {
  protected override readonly actions = ['undo'];

  protected override async press(
    turn: Turn<ButtonInteraction>,
    _action: string,
    [entry = '']: readonly string[],
  ): Promise<void> {
    turn.require('look');
    await makeChange(turn, { do: 'undo', entry: parseEntry(entry) });
  }
}
