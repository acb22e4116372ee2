/** The bytes end before what they say is in them. */
export class CutShort extends Error {
  public override readonly name = 'CutShort';

  public constructor() {
    super('The bytes end in the middle.');
  }
}

/** Reads back what {@link ByteWriter} wrote. */
export class ByteReader {
  private at = 0;

  public constructor(private readonly buffer: Uint8Array) {}

  /** @throws {CutShort} */
  public number(): number {
    let byte = this.byte();
    if (byte < 128) return byte;
    let value = byte - 128;
    let scale = 128;
    for (;;) {
      byte = this.byte();
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
      scale *= 128;
    }
  }

  /** @throws {CutShort} */
  public signed(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** @throws {CutShort} */
  public text(): string {
    const size = this.number();
    if (size > this.buffer.length - this.at) throw new CutShort();
    const { buffer, byteOffset } = this.buffer;
    const text = Buffer.from(buffer, byteOffset + this.at, size).toString('utf8');
    this.at += size;
    return text;
  }

  private byte(): number {
    const byte = this.buffer[this.at++];
    if (byte === undefined) throw new CutShort();
    return byte;
  }
}
