/** The last so many bytes of a stream, whatever comes. */
export class Tail {
  private chunks: Buffer[] = [];
  private size = 0;

  public constructor(private readonly bytes: number) {}

  public add(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    // Joined only now and then, so that a million small chunks cost no more than a few large ones.
    if (this.size > 2 * this.bytes || this.chunks.length > 1_000) this.join();
  }

  /** In UTF-8; a letter that was cut in two at the beginning is a replacement character. */
  public get text(): string {
    return this.join().toString('utf8');
  }

  private join(): Buffer {
    const kept = Buffer.concat(this.chunks).subarray(-this.bytes);
    // A copy: a view would hold on to all that was cut away.
    const joined = Buffer.from(kept);
    this.chunks = [joined];
    this.size = joined.length;
    return joined;
  }
}
