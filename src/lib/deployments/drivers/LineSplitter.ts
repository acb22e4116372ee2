import { StringDecoder } from 'node:string_decoder';

/** Longer lines are handed on in pieces, so that a program that never ends one fills no memory. */
const longestLine = 4_096;

/** Chunks of output in, whole lines out; empty ones are left out. */
export class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';

  public constructor(private readonly onLine: (line: string) => void) {}

  public add(chunk: Buffer): void {
    const lines = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.hand(line);
    while (this.rest.length > longestLine) {
      this.hand(this.rest.slice(0, longestLine));
      this.rest = this.rest.slice(longestLine);
    }
  }

  public end(): void {
    this.hand(this.rest + this.decoder.end());
    this.rest = '';
  }

  private hand(line: string): void {
    const text = line.trimEnd();
    if (text !== '') this.onLine(text);
  }
}
