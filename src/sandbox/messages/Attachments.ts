/** Files that were sent along with messages, kept in memory and served back. */
import type { APIAttachment } from 'discord-api-types/v10';
import type { UploadedFile } from '../rest/RestRequest.js';
import { refusals } from '../rest/ApiError.js';
import type { World } from '../world/World.js';
import { pngSize } from './pngSize.js';

const maxFileBytes = 10 * 1024 * 1024;

interface StoredFile {
  readonly contentType: string;
  readonly bytes: Buffer;
}

interface Description {
  readonly id: string | number;
  readonly filename?: string | null;
  readonly title?: string | null;
  readonly description?: string | null;
}

export class Attachments {
  private readonly files = new Map<string, StoredFile>();

  public constructor(
    private readonly world: World,
    /** Where this server is reached, known only once it listens. */
    private readonly baseUrl: () => string,
  ) {}

  /** Keeps the files of a message; throws 40005 over 10 MiB. */
  public store(
    channelId: string,
    files: readonly UploadedFile[],
    described: readonly Description[],
    ephemeral: boolean,
  ): APIAttachment[] {
    if (files.some(({ bytes }) => bytes.length > maxFileBytes)) throw refusals.fileTooLarge();
    return files.map((file) => {
      const more = described.find(({ id }) => String(id) === String(file.index));
      const id = this.world.ids.next();
      const filename = (more?.filename ?? file.name).replace(/[^\w.-]+/g, '_');
      const path = `${channelId}/${id}/${filename}`;
      this.files.set(path, { contentType: file.contentType, bytes: file.bytes });
      const url = `${this.baseUrl()}/attachments/${path}`;
      return {
        ...{ id, filename, size: file.bytes.length, url, proxy_url: url, content_type: file.contentType },
        ...pngSize(file.bytes),
        ...(more?.description ? { description: more.description } : {}),
        ...(more?.title ? { title: more.title } : {}),
        ...(ephemeral ? { ephemeral } : {}),
      };
    });
  }

  /** `path`: channel, id and name, as in the attachment's url. */
  public read(path: string): StoredFile | undefined {
    return this.files.get(path);
  }

  public forget(attachments: readonly APIAttachment[]): void {
    for (const { url } of attachments) this.files.delete(new URL(url).pathname.replace('/attachments/', ''));
  }
}
