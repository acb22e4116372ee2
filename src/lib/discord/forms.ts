/** The one shape of our forms: a title, and one paragraph to fill in. */
import { LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';

export interface ParagraphForm {
  readonly customId: string;
  /** ≤ 45 characters. */
  readonly title: string;
  readonly field: {
    readonly id: string;
    /** ≤ 45 characters. */
    readonly label: string;
    /** ≤ 100 characters. */
    readonly description: string;
    readonly maxLength: number;
    readonly isRequired: boolean;
  };
}

export function paragraphForm({ customId, title, field }: ParagraphForm): ModalBuilder {
  const input = new TextInputBuilder()
    .setCustomId(field.id)
    .setStyle(TextInputStyle.Paragraph)
    .setMaxLength(field.maxLength)
    .setRequired(field.isRequired);
  return new ModalBuilder()
    .setCustomId(customId)
    .setTitle(title)
    .addLabelComponents(
      new LabelBuilder().setLabel(field.label).setDescription(field.description).setTextInputComponent(input),
    );
}
