/** The guild that an event or a command is about, found in its arguments; null where there is none, as in a direct message. */
export function guildOf(args: readonly unknown[]): string | null {
  for (const arg of args) {
    const id = isObject(arg) ? (guildIdOf(arg) ?? inner(arg)) : undefined;
    if (id !== undefined) return id;
  }
  return null;
}

/** A reaction carries its message. */
function inner(arg: object): string | undefined {
  const message: unknown = Reflect.get(arg, 'message');
  return isObject(message) ? guildIdOf(message) : undefined;
}

/** Messages, interactions, members, channels, roles; and a guild itself, which is told by what only guilds have. */
function guildIdOf(subject: object): string | undefined {
  const guildId: unknown = Reflect.get(subject, 'guildId');
  if (typeof guildId === 'string') return guildId;
  const guild: unknown = 'memberCount' in subject ? subject : Reflect.get(subject, 'guild');
  const id: unknown = isObject(guild) ? Reflect.get(guild, 'id') : undefined;
  return typeof id === 'string' ? id : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
