import { stripVTControlCharacters } from 'node:util';

const mostCharacters = 2_000;

/** The last lines of what a command wrote, as a person can read them: without colours, and never more than 2,000 characters. */
export class OutputTail {
  private lines: string[] = [];
  private size = 0;

  public add(line: string): void {
    const text = readable(line).slice(0, mostCharacters);
    this.lines.push(text);
    this.size += text.length + 1;
    // Cut now and then only: a flood costs no more than its reading.
    if (this.size > 20 * mostCharacters) this.cut();
  }

  public get text(): string {
    this.cut();
    return this.lines.join('\n');
  }

  private cut(): void {
    let size = -1;
    let first = this.lines.length;
    while (first > 0 && size + 1 + (this.lines[first - 1]?.length ?? 0) <= mostCharacters)
      size += 1 + (this.lines[--first]?.length ?? 0);
    this.lines = this.lines.slice(first);
    this.size = Math.max(0, size);
  }
}

/** A program that draws a progress bar writes one line over and over: what is seen in the end is what comes last. */
function readable(line: string): string {
  const last = line.split('\r').findLast((part) => part !== '') ?? '';
  return stripVTControlCharacters(last).replaceAll(/\p{Cc}/gu, (char) => (char === '\t' ? '  ' : ''));
}
