import { RightPrecondition } from './RightPrecondition.js';

/**
 * Lets members with Manage Server pass. The command's default permission says the same, but a guild's admins can change
 * that.
 */
export class GuildManager extends RightPrecondition {
  protected override readonly need = 'manager';
}
