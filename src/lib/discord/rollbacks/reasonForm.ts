/** The form that asks why: opened by a Roll back button, and by a command where the reason was left out. */
import {
  LabelBuilder,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  type ModalSubmitInteraction,
} from 'discord.js';
import { customId } from '../customIds.js';
import { shorten } from '../inert.js';
import { type ManualTrigger, manualTriggers, readTrigger, triggerTitle } from './triggers.js';

export const reasonAction = 'rollback-reason';
/** The custom ids of the form's fields. */
const reasonField = 'reason';
const triggerField = 'trigger';

/** What is rolled back, before anybody said why. */
export interface Intent {
  readonly kind: 'immediate' | 'gradual';
  /** A flag's key; null = everything. */
  readonly flag: string | null;
  /** Undefined: asked for in the form. */
  readonly trigger?: ManualTrigger | undefined;
  readonly withDatabase?: boolean | undefined;
  /** Show what it would do, and ask. */
  readonly dryRun?: boolean | undefined;
}

/** A flag's key takes up to 64 of the 100 characters of a custom id, so the rest is said in letters. */
export function reasonForm(intent: Intent): ModalBuilder {
  const { kind, flag, trigger, withDatabase = false, dryRun = false } = intent;
  const letters = `${kind === 'gradual' ? 'g' : 'i'}${withDatabase ? 'b' : ''}${dryRun ? 'd' : ''}`;
  const chosen = trigger === undefined ? '' : String(manualTriggers.indexOf(trigger));
  const form = new ModalBuilder()
    .setCustomId(customId(reasonAction, [letters, flag ?? '*', chosen]))
    .setTitle(shorten(`Roll back ${flag ?? 'everything'}`, 45));
  if (trigger === undefined) form.addLabelComponents(triggerLabel());
  return form.addLabelComponents(
    new LabelBuilder()
      .setLabel('Reason')
      .setDescription('One sentence. Staff and management read it; it stands in the receipt.')
      .setTextInputComponent(
        new TextInputBuilder()
          .setCustomId(reasonField)
          .setStyle(TextInputStyle.Paragraph)
          .setMaxLength(500)
          .setRequired(true),
      ),
  );
}

function triggerLabel(): LabelBuilder {
  return new LabelBuilder().setLabel('Trigger').setStringSelectMenuComponent(
    new StringSelectMenuBuilder()
      .setCustomId(triggerField)
      .setRequired(true)
      .addOptions(
        manualTriggers.map((name) => ({
          label: triggerTitle(name),
          value: name,
          default: name === 'other',
        })),
      ),
  );
}

/** What the form was opened for and what was filled in. Throws where it is no form of ours. */
export function readReasonForm(
  interaction: ModalSubmitInteraction,
  [letters = '', flag = '', chosen = '']: readonly string[],
): Required<Omit<Intent, 'trigger'>> & { readonly trigger: ManualTrigger; readonly reason: string } {
  if (!/^[ig]b?d?$/.test(letters) || flag === '')
    throw new Error(`Not a form of ours: ${interaction.customId}`);
  const { fields } = interaction;
  const trigger =
    chosen === ''
      ? readTrigger(fields.getStringSelectValues(triggerField)[0])
      : manualTriggers[Number(chosen)];
  return {
    kind: letters.startsWith('g') ? 'gradual' : 'immediate',
    flag: flag === '*' ? null : flag,
    withDatabase: letters.includes('b'),
    dryRun: letters.includes('d'),
    trigger: trigger ?? 'other',
    reason: fields.getTextInputValue(reasonField).trim(),
  };
}
