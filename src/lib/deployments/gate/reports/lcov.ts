import { BadReport, type Coverage } from './Report.js';

type Total = 'LF' | 'LH' | 'BRF' | 'BRH';

/**
 * lcov's tracefile (man geninfo): the totals of each file, or its lines counted where it gives none.
 *
 * @throws BadReport
 */
export function readLcov(text: string): Coverage {
  const total: Record<Total, number> = { LF: 0, LH: 0, BRF: 0, BRH: 0 };
  let record: SourceFile | undefined;
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    const colon = line.indexOf(':');
    const name = colon < 0 ? line.trim() : line.slice(0, colon);
    if (name === 'SF') {
      if (record !== undefined) throw new BadReport(`is cut off before line ${number}`);
      record = { given: {}, lines: 0, hit: 0 };
    } else if (name === 'end_of_record') {
      if (record !== undefined) add(total, record);
      record = undefined;
    } else if (record !== undefined) {
      read(record, name, line.slice(colon + 1), number);
    }
  }
  if (record !== undefined) throw new BadReport('is cut off: its last file has no end_of_record');
  if (total.LH > total.LF || total.BRH > total.BRF)
    throw new BadReport('says that more is covered than there is');
  return {
    kind: 'coverage',
    lines: { covered: total.LH, of: total.LF },
    branches: { covered: total.BRH, of: total.BRF },
  };
}

/** One file of source. */
interface SourceFile {
  readonly given: Partial<Record<Total, number>>;
  lines: number;
  hit: number;
}

function read(record: SourceFile, name: string, value: string, line: number): void {
  if (name === 'DA') {
    record.lines++;
    if (count(hitsIn(value), line) > 0) record.hit++;
  } else if (name === 'LF' || name === 'LH' || name === 'BRF' || name === 'BRH') {
    record.given[name] = count(value, line);
  }
}

function add(total: Record<Total, number>, { given, lines, hit }: SourceFile): void {
  total.LF += given.LF ?? lines;
  total.LH += given.LH ?? hit;
  total.BRF += given.BRF ?? 0;
  total.BRH += given.BRH ?? 0;
}

function count(text: string, line: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new BadReport(`has no number where one belongs, in line ${line}`);
  // geninfo writes negative hits where a counter ran over.
  return Math.max(0, value);
}

/** Of `<line>,<hits>[,<checksum>]`. */
function hitsIn(value: string): string {
  const from = value.indexOf(',') + 1;
  const to = value.indexOf(',', from);
  return from === 0 ? '' : value.slice(from, to < 0 ? undefined : to);
}

/** One by one: a list of all of them would be several times as large as the file. */
function* linesOf(text: string): Generator<string> {
  let from = 0;
  for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
    yield text.slice(from, to);
    from = to + 1;
  }
  yield text.slice(from);
}
