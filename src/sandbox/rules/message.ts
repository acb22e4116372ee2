/** What Discord accepts as a message: a new one, an edit, an answer to an interaction. */
import { MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { checkVersion, components } from './componentTree.js';
import { embeds } from './embeds.js';
import { problem, snowflake, text } from './fields.js';

const allowedMentions = z
  .strictObject({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
    users: z.array(snowflake).max(100).nullish(),
    roles: z.array(snowflake).max(100).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine(({ parse, users, roles }, context) => {
    for (const [kind, ids] of [
      ['users', users],
      ['roles', roles],
    ] as const) {
      if (parse?.includes(kind) && ids?.length) {
        problem(
          context,
          [],
          'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
          `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
        );
      }
    }
  });

export type AllowedMentions = z.output<typeof allowedMentions>;

const attachment = z.strictObject({
  id: z.union([z.string(), z.number().int()]),
  filename: z.string().nullish(),
  title: z.string().nullish(),
  description: text(0, 1024).nullish(),
  duration_secs: z.number().nullish(),
  waveform: z.string().nullish(),
  is_spoiler: z.boolean().nullish(),
});

const shared = {
  content: text(0, 2000).nullish(),
  embeds: embeds.nullish(),
  components: components.nullish(),
  allowed_mentions: allowedMentions.nullish(),
  attachments: z.array(attachment).max(10).nullish(),
  flags: z.number().int().min(0).nullish(),
  tts: z.boolean().nullish(),
  nonce: z.union([text(0, 25), z.number().int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
};

interface VersionedBody {
  readonly content?: string | null;
  readonly embeds?: readonly unknown[] | null;
  readonly components?: z.output<typeof components> | null;
  readonly flags?: number | null;
}

/** With the flag for V2 components, a message has neither content nor embeds; without it, no V2 component. */
function versionRules(body: VersionedBody, context: z.RefinementCtx): void {
  const isV2 = ((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  const forbidden = [
    ['content', Boolean(body.content)],
    ['embeds', (body.embeds?.length ?? 0) > 0],
  ] as const;
  for (const [field, isThere] of forbidden) {
    if (isV2 && isThere) {
      problem(
        context,
        [field],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      );
    }
  }
  if (body.components) checkVersion(body.components, isV2, context);
}

/** POST /channels/…/messages */
export const newMessage = z
  .strictObject({
    ...shared,
    message_reference: z
      .strictObject({
        type: z.literal(0).nullish(),
        message_id: snowflake,
        channel_id: snowflake.nullish(),
        guild_id: snowflake.nullish(),
        fail_if_not_exists: z.boolean().nullish(),
      })
      .nullish(),
    sticker_ids: z.array(snowflake).max(0, 'The sandbox has no stickers.').nullish(),
  })
  .superRefine(versionRules);

/** The `data` of an interaction's answer, and a follow-up. */
export const answerMessage = z
  .strictObject({ ...shared, tts: z.boolean().nullish() })
  .superRefine(versionRules);

/** PATCH: what is not named stays. Whether V2 applies is known only with the stored flags, so `flags` are passed on by the caller. */
export const messageEdit = z.strictObject(shared);

/** The same rules on an edit, with the flags that the message will have. */
export function checkEdit(flags: number) {
  return messageEdit.superRefine((body, context) => versionRules({ ...body, flags }, context));
}

export type MessageBody = z.output<typeof answerMessage>;
export type MessageEditBody = z.output<typeof messageEdit>;
