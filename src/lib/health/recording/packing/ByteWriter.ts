/** Bytes that grow, with whole numbers in as few of them as they need (LEB128). */
export class ByteWriter {
  private buffer = Buffer.allocUnsafe(1024);
  private length = 0;

  /** @param value 0 … 2^53 */
  public number(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest > 127) {
      this.buffer[this.length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.buffer[this.length++] = rest;
  }

  /** A whole number that may be negative. */
  public signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  public text(value: string): void {
    const size = Buffer.byteLength(value);
    this.number(size);
    this.reserve(size);
    this.length += this.buffer.write(value, this.length);
  }

  public bytes(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.length));
  }

  private reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + more));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
