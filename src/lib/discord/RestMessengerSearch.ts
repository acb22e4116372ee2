/** Looks through a channel for a message that the bot may have sent before its process died. */
import {
  ComponentType,
  Routes,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type REST,
} from 'discord.js';

export interface SoughtMessage {
  readonly authorId: string;
  /** A word of the footer, or of any text among the components of a message without embeds. */
  readonly reference: string;
  /** Not sent before, ms since epoch. */
  readonly since: number;
}

type Reader = Pick<REST, 'get'>;

const pageSize = 100;
/** How far it reads from either end of the time in question. */
const mostPages = 5;
/** Discord's own epoch, ms. */
const discordEpoch = 1_420_070_400_000;

/** The message's id. Where a channel is so busy that its middle stays unread, both ends were read: that is where it would be. */
export async function findMessage(
  rest: Reader,
  channelId: string,
  { authorId, reference, since }: SoughtMessage,
): Promise<string | undefined> {
  const isIt = ({ author, embeds, components }: APIMessage): boolean =>
    author.id === authorId &&
    [...embeds.map(({ footer }) => footer?.text ?? ''), ...texts(components ?? [])].some((text) =>
      text.split(/[\s`]+/).includes(reference),
    );
  const start = snowflake(since);

  let before: bigint | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const messages = await read(rest, channelId, before === undefined ? {} : { before });
    const found = messages.find(isIt);
    if (found !== undefined) return found.id;
    before = oldest(messages);
    if (messages.length < pageSize || before === undefined || before < start) return undefined;
  }

  let after = start;
  for (let page = 0; page < mostPages; page += 1) {
    const messages = await read(rest, channelId, { after });
    const found = messages.find(isIt);
    if (found !== undefined) return found.id;
    const next = newest(messages);
    if (messages.length < pageSize || next === undefined) return undefined;
    after = next;
  }
  return undefined;
}

function texts(components: readonly APIMessageTopLevelComponent[]): readonly string[] {
  return components.flatMap((component) => {
    if (component.type === ComponentType.TextDisplay) return [component.content];
    return component.type === ComponentType.Container ? texts(component.components) : [];
  });
}

async function read(
  rest: Reader,
  channelId: string,
  range: { readonly before?: bigint; readonly after?: bigint },
): Promise<readonly APIMessage[]> {
  const query = new URLSearchParams({ limit: String(pageSize) });
  for (const [name, id] of Object.entries(range)) query.set(name, String(id));
  return (await rest.get(Routes.channelMessages(channelId), { query })) as readonly APIMessage[];
}

function oldest(messages: readonly APIMessage[]): bigint | undefined {
  const ids = messages.map(({ id }) => BigInt(id));
  return ids.length === 0 ? undefined : ids.reduce((one, other) => (one < other ? one : other));
}

function newest(messages: readonly APIMessage[]): bigint | undefined {
  const ids = messages.map(({ id }) => BigInt(id));
  return ids.length === 0 ? undefined : ids.reduce((one, other) => (one > other ? one : other));
}

/** The smallest id that Discord could have given at this time. */
function snowflake(at: number): bigint {
  return BigInt(Math.max(0, Math.floor(at) - discordEpoch)) << 22n;
}
