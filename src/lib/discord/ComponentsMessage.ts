/** A message made of components (version 2): no content and no embeds. Discord lets no message leave this form again. */
import {
  ComponentType,
  MessageFlags,
  type APIMediaGalleryComponent,
  type APIMessageTopLevelComponent,
  type RawFile,
} from 'discord.js';

export interface DrawnFile {
  readonly name: string;
  readonly data: Buffer;
  /** What it shows, for people who do not see it; ≤ 1024 characters. */
  readonly description: string;
}

export interface ComponentsMessage {
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly files: readonly DrawnFile[];
}

/** Where a picture stands among the components; the file itself goes into {@link ComponentsMessage.files}. */
export function picture({ name, description }: DrawnFile): APIMediaGalleryComponent {
  return {
    type: ComponentType.MediaGallery,
    items: [{ media: { url: `attachment://${name}` }, description }],
  };
}

/** As the REST API takes it; an edit's files take the place of all that were attached. */
export function asRequest({ components, files }: ComponentsMessage): {
  readonly body: Record<string, unknown>;
  readonly files: RawFile[];
} {
  return {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components,
      attachments: files.map(({ name, description }, at) => ({
        id: String(at),
        filename: name,
        description,
      })),
      allowed_mentions: { parse: [] },
    },
    files: files.map(({ name, data }) => ({ name, data })),
  };
}

/** As discord.js takes an answer to an interaction. */
export function asAnswer({ components, files }: ComponentsMessage) {
  return {
    components: [...components],
    files: files.map(({ name, data, description }) => ({ attachment: data, name, description })),
    allowedMentions: { parse: [] },
  };
}
