/**
 * Where a guild stands in a flag's order, 0…2^32-1: `murmur3_x86_32(UTF-8 of "<seed>:<guildId>", seed 0)`, unsigned.
 *
 * A flag at `bp` basis points is on where `position < ceil(bp * 2^32 / 10000)`, so raising it never takes a guild out.
 * MurmurHash3 is Austin Appleby's, in the public domain; flagd's `fractional` over `cat(key, ":", targetingKey)` gives
 * the same number, `h % 10000` is the position in Discord's own experiments, and `h % 100 + 1` is Unleash's.
 */
const c1 = 0xcc9e2d51;
const c2 = 0x1b873593;
const utf8 = new TextEncoder();

/** One block of four bytes, little-endian, into the running hash. */
export function mixBlock(hash: number, block: number): number {
  let k = Math.imul(block, c1);
  k = Math.imul((k << 15) | (k >>> 17), c2);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** The last one to three bytes, then the avalanche. `tail` is 0 where the length is a multiple of four. */
export function finish(hash: number, tail: number, length: number): number {
  let k = Math.imul(tail, c1);
  k = Math.imul((k << 15) | (k >>> 17), c2);
  let h = hash ^ k ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** `murmur3_x86_32` with seed 0, unsigned. */
export function murmur3(bytes: Uint8Array): number {
  let hash = 0;
  const whole = bytes.length & ~3;
  for (let i = 0; i < whole; i += 4) hash = mixBlock(hash, block(bytes, i, 4));
  return finish(hash, block(bytes, whole, bytes.length - whole), bytes.length);
}

function block(bytes: Uint8Array, at: number, size: number): number {
  let word = 0;
  for (let i = 0; i < size; i++) word |= (bytes[at + i] ?? 0) << (8 * i);
  return word;
}

/**
 * The position of a guild under a seed (a flag's key, unless it shares another's guilds).
 *
 * @example position('new_greeting', '110373943822540800') / 2 ** 32 // its share of the way, 0…1
 */
export function position(seed: string, guildId: string): number {
  return murmur3(utf8.encode(`${seed}:${guildId}`));
}

/** The first position that is off at this share; 2^32 where none is. `basisPoints`: 0…10000, hundredths of a percent. */
export function threshold(basisPoints: number): number {
  return Math.ceil((basisPoints * 2 ** 32) / 10_000);
}
