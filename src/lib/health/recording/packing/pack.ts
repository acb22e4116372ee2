/**
 * The bytes of a ledger row. First its format and the span of time, then guilds sorted by id, each as the difference to the
 * one before, then guilds whose id is no snowflake. Every run has one duration, so that a guild's
 * histogram ends where its counts add up to its runs.
 */
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { bucketsOf, type Histogram } from '../../judging/latencyBuckets.js';
import type { UnitCounts } from '../../judging/units.js';
import { GuildNumbering } from '../columns/GuildNumbering.js';
import { UnitTable } from '../columns/UnitTable.js';
import { ColumnWriter } from '../columns/TableColumns.js';
import { ByteReader } from './ByteReader.js';
import { ByteWriter } from './ByteWriter.js';
import { compareIds, isSplitId, splitId, type SplitId } from './guildId.js';
import type { MeasuredAround, MeasuredRows } from './MeasuredRows.js';

const plain = 1;
const deflated = 2;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** For a row that lives some minutes: quick. */
export function pack(measured: MeasuredRows): Uint8Array {
  return Buffer.concat([Buffer.of(plain), body(measured)]);
}

/** For a row that stays: smaller by about a third. */
export async function packTightly(measured: MeasuredRows): Promise<Uint8Array> {
  return Buffer.concat([Buffer.of(deflated), await deflate(body(measured))]);
}

/** The bytes as {@link readInto} takes them. @throws where they are of no known format */
export async function inflated(bytes: Uint8Array): Promise<Uint8Array> {
  const rest = bytes.subarray(1);
  if (bytes[0] === plain) return rest;
  if (bytes[0] === deflated) return inflate(rest);
  throw new RangeError(`Format ${String(bytes[0])} is not known.`);
}

/**
 * In one go, so that the writer may be used for the next one at once.
 *
 * @param writer what it held before is lost
 * @throws where the bytes are none of these
 */
export function readInto(bytes: Uint8Array, numbering: GuildNumbering, writer: ColumnWriter): MeasuredAround {
  writer.clear();
  return read(new ByteReader(bytes), numbering, writer);
}

/** The same as objects. @throws where the bytes are none of these */
export async function unpack(bytes: Uint8Array): Promise<MeasuredRows> {
  const [numbering, writer] = [new GuildNumbering(), new ColumnWriter()];
  const around = readInto(await inflated(bytes), numbering, writer);
  return { ...around, rows: [...new UnitTable(numbering, writer.columns())] };
}

/** Until when (domain ms) a row was measured, without reading the rest; undefined where that cannot be told so quickly. */
export function endOf(bytes: Uint8Array): number | undefined {
  if (bytes[0] !== plain) return undefined;
  const rest = new ByteReader(bytes.subarray(1));
  return rest.number() + rest.number();
}

function body({ from, to, rows }: MeasuredRows): Buffer {
  const out = new ByteWriter();
  out.number(from);
  out.number(to - from);
  const numbered: { id: SplitId; row: UnitCounts }[] = [];
  const named: UnitCounts[] = [];
  for (const row of rows) {
    const id = splitId(row.guild);
    if (id === undefined) named.push(row);
    else numbered.push({ id, row });
  }
  out.number(numbered.length);
  let high = 0;
  for (const { id, row } of numbered.sort((a, b) => compareIds(a.id, b.id))) {
    out.number(id.high - high);
    out.number(id.low);
    writeCounts(out, row);
    high = id.high;
  }
  out.number(named.length);
  for (const row of named) {
    out.text(row.guild);
    writeCounts(out, row);
  }
  return out.bytes();
}

function read(bytes: ByteReader, numbering: GuildNumbering, writer: ColumnWriter): MeasuredAround {
  const from = bytes.number();
  const to = from + bytes.number();
  let high = 0;
  for (let left = bytes.number(); left > 0; left--) {
    high += bytes.number();
    const low = bytes.number();
    if (!isSplitId(high, low)) throw new RangeError('A guild has no id.');
    readCounts(bytes, numbering.numberOfSplit(high, low), writer);
  }
  for (let left = bytes.number(); left > 0; left--)
    readCounts(bytes, numbering.numberOf(bytes.text()), writer);
  return { from, to };
}

/** Most guilds run a few commands without a failure: then all this is one byte. */
function writeCounts(out: ByteWriter, { arm, isRandomised, runs, failures, durations }: UnitCounts): void {
  out.number(runs * 8 + (failures > 0 ? 4 : 0) + (isRandomised ? 2 : 0) + (arm === 'canary' ? 1 : 0));
  if (failures > 0) out.number(failures);
  writeHistogram(out, durations);
}

function readCounts(bytes: ByteReader, guild: number, writer: ColumnWriter): void {
  const head = bytes.number();
  const runs = Math.floor(head / 8);
  // The lowest two bits are the kind's.
  const row = writer.row(guild, head & 3);
  writer.add(row, runs, (head & 4) === 0 ? 0 : bytes.number());
  let bucket = 0;
  for (let left = runs; left > 0;) {
    bucket += bytes.signed();
    const count = countOf(bytes);
    writer.entry(row, bucket, count);
    left -= count;
  }
}

/** Differences between bucket numbers, and how many runs each holds. */
function writeHistogram(out: ByteWriter, histogram: Histogram): void {
  let before = 0;
  for (const [bucket, count] of bucketsOf(histogram)) {
    out.signed(bucket - before);
    out.number(count);
    before = bucket;
  }
}

/** A count of nothing would never come to an end. */
function countOf(bytes: ByteReader): number {
  const count = bytes.number();
  if (count === 0) throw new RangeError('A bucket is empty.');
  return count;
}
