/** A snapshot's parts as lines of text, with the sum over them in the last one. */
import { createHash } from 'node:crypto';
import type { CommitRef, SnapshotPart } from './Store.js';

/** About so many characters are handed on at a time: a chunk a line would take longer than the compression. */
const chunkLength = 32 * 1024;

export class SnapshotLines {
  /** Known at the end. */
  public head: CommitRef = { seq: 0, id: '' };
  public sha256 = '';
  private readonly hash = createHash('sha256');
  private readonly names = { document: new Set<string>(), damaged: new Set<string>() };
  private count = 0;

  public get documents(): number {
    return this.names.document.size;
  }

  public get damaged(): number {
    return this.names.damaged.size;
  }

  public async *of(parts: AsyncIterable<SnapshotPart> | Iterable<SnapshotPart>): AsyncGenerator<string> {
    let chunk = '';
    for await (const part of parts) {
      this.note(part);
      const line = `${JSON.stringify(part)}\n`;
      this.hash.update(line);
      this.count += 1;
      chunk += line;
      if (chunk.length < chunkLength) continue;
      yield chunk;
      chunk = '';
    }
    this.sha256 = this.hash.digest('hex');
    yield `${chunk}${JSON.stringify({ part: 'end', count: this.count, sha256: this.sha256 })}\n`;
  }

  private note(part: SnapshotPart): void {
    const { document, damaged } = this.names;
    switch (part.part) {
      case 'document':
      case 'damaged':
      case 'absent': {
        const name = `${part.ns}:${part.key}`;
        document.delete(name);
        damaged.delete(name);
        if (part.part !== 'absent') this.names[part.part].add(name);
        return;
      }
      case 'again':
        document.clear();
        damaged.clear();
        return;
      case 'stand':
        this.head = part.head;
    }
  }
}
