import { ButtonStyle } from 'discord.js';
import type { CardButton } from '../alerts/Card.js';

/** What a card calls a button's style, as Discord numbers it. */
export const buttonStyles = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  success: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const satisfies Record<CardButton['style'], ButtonStyle>;
