/** What a subcommand is: plain data and one function, so that adding one is a file, a line and a test. */
import type { ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import type { Suggestion } from '../lib/flags/FlagsRoom.js';
import type { House } from '../lib/discord/House.js';
import type { Need } from '../lib/discord/rights.js';
import type { Turn } from '../lib/discord/Turn.js';

export interface OptionDefinition {
  readonly name: string;
  /** Adds itself to the subcommand as Discord is told of it. */
  add(to: SlashCommandSubcommandBuilder): unknown;
  /** Suggestions while the person types, best first; `guildId` is where they type. */
  complete?(
    typed: string,
    house: House,
    guildId: string,
  ): readonly Suggestion[] | Promise<readonly Suggestion[]>;
}

export interface SubcommandDefinition {
  readonly name: string;
  /** ≤ 100 characters. */
  readonly description: string;
  /**
   * The least that a person must be allowed to. Where it depends on the change (`enable` may narrow), this is the lesser
   * right, and the change itself is judged again before it is made.
   */
  readonly needs: Exclude<Need, 'approve'>;
  /** It changes nothing: where it is refused, there is nothing to say about what was changed. @default false */
  readonly onlyShows?: boolean;
  /** Required ones first, as Discord demands. */
  readonly options: readonly OptionDefinition[];
  run(turn: Turn<ChatInputCommandInteraction>): Promise<void>;
}

export interface CommandDefinition {
  readonly description: string;
  /** `staff`: registered in the staff guild only · `managers`: everywhere, in guilds, for members with Manage Server. */
  readonly audience: 'staff' | 'managers';
  readonly subcommands: readonly SubcommandDefinition[];
}
