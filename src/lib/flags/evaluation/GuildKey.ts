/**
 * A guild's id as numbers: read once, then hashed under any seed and looked up in any table without touching the string
 * again. Only ids of 17 to 19 ASCII digits (every snowflake from 2015 to 2084) fit; for all others {@link GuildKey.read}
 * answers false, and the plain evaluator takes them.
 */
import { finish, mixBlock } from '../position.js';

const zeros = 0x30303030;
const highNibbles = 0xf0f0f0f0 | 0;
const lowNibbles = 0x0f0f0f0f;
/** Zeros in place of the digits that an id of 17, 18 or 19 does not have, to check the last word like the others. */
const padding = [0x30303000, 0x30300000, 0x30000000] as const;

export class GuildKey {
  /** The id that was read last. */
  public text = '';
  /** Two digits a byte, eight a word; the third holds the rest and the length, in its lower 26 bits. Unique for each id. */
  public first = 0;
  public second = 0;
  public third = 0;
  /** {@link quickHash} of the id. */
  public quick = 0;
  private length = 0;
  private lastDigit = 0;
  private word0 = 0;
  private word1 = 0;
  private word2 = 0;
  private word3 = 0;
  private word4 = 0;

  /** Is this the id that was read last? Its last digit tells most others apart before the whole is compared. */
  public is(id: string): boolean {
    return id.charCodeAt(id.length - 1) === this.lastDigit && id === this.text;
  }

  /** False where the id is none that fits; what was read before stays then. */
  public read(id: string): boolean {
    const { length } = id;
    if (length < 17 || length > 19) return false;
    const c0 = id.charCodeAt(0);
    const c1 = id.charCodeAt(1);
    const c2 = id.charCodeAt(2);
    const c3 = id.charCodeAt(3);
    const c4 = id.charCodeAt(4);
    const c5 = id.charCodeAt(5);
    const c6 = id.charCodeAt(6);
    const c7 = id.charCodeAt(7);
    const c8 = id.charCodeAt(8);
    const c9 = id.charCodeAt(9);
    const c10 = id.charCodeAt(10);
    const c11 = id.charCodeAt(11);
    const c12 = id.charCodeAt(12);
    const c13 = id.charCodeAt(13);
    const c14 = id.charCodeAt(14);
    const c15 = id.charCodeAt(15);
    const c16 = id.charCodeAt(16);
    const c17 = length > 17 ? id.charCodeAt(17) : 0;
    const c18 = length > 18 ? id.charCodeAt(18) : 0;
    // A character over 0xFF would shift into its neighbour and could pass for a digit there.
    const all =
      c0 | c1 | c2 | c3 | c4 | c5 | c6 | c7 | c8 | c9 | c10 | c11 | c12 | c13 | c14 | c15 | c16 | c17 | c18;
    if (all > 0xff) return false;
    const word0 = c0 | (c1 << 8) | (c2 << 16) | (c3 << 24);
    const word1 = c4 | (c5 << 8) | (c6 << 16) | (c7 << 24);
    const word2 = c8 | (c9 << 8) | (c10 << 16) | (c11 << 24);
    const word3 = c12 | (c13 << 8) | (c14 << 16) | (c15 << 24);
    const word4 = c16 | (c17 << 8) | (c18 << 16);
    const odd =
      strange(word0) |
      strange(word1) |
      strange(word2) |
      strange(word3) |
      strange(word4 | (length === 18 ? padding[1] : length === 17 ? padding[0] : padding[2]));
    if ((odd & highNibbles) !== 0) return false;

    const first = (word0 & lowNibbles) | ((word1 & lowNibbles) << 4);
    const second = (word2 & lowNibbles) | ((word3 & lowNibbles) << 4);
    const third = (word4 & lowNibbles) | ((length - 16) << 24);
    this.quick = quickHash(second);
    this.first = first;
    this.second = second;
    this.third = third;
    this.length = length;
    this.word0 = word0;
    this.word1 = word1;
    this.word2 = word2;
    this.word3 = word3;
    this.word4 = word4;
    this.text = id;
    this.lastDigit = length === 19 ? c18 : length === 18 ? c17 : c16;
    return true;
  }

  /** {@link position} of what was read, from where {@link Prefix} left off. */
  public position(prefix: Prefix): number {
    const { shift } = prefix;
    // What a word gives to the next block: `>>> (32 - shift)`, in two steps because a shift by 32 would be none.
    const back = 24 - shift;
    let hash = mixBlock(prefix.hash, prefix.carry | (this.word0 << shift));
    hash = mixBlock(hash, ((this.word0 >>> 8) >>> back) | (this.word1 << shift));
    hash = mixBlock(hash, ((this.word1 >>> 8) >>> back) | (this.word2 << shift));
    hash = mixBlock(hash, ((this.word2 >>> 8) >>> back) | (this.word3 << shift));
    const rest = ((this.word3 >>> 8) >>> back) | (this.word4 << shift);
    const length = prefix.length + this.length;
    if (this.length - 16 + (shift >> 3) < 4) return finish(hash, rest, length);
    return finish(mixBlock(hash, rest), (this.word4 >>> 8) >>> back, length);
  }
}

/** The key's second word of an id that may be none; -1 where it is too short to have one. */
export function secondWord(id: string): number {
  if (id.length < 17) return -1;
  const word2 =
    id.charCodeAt(8) | (id.charCodeAt(9) << 8) | (id.charCodeAt(10) << 16) | (id.charCodeAt(11) << 24);
  const word3 =
    id.charCodeAt(12) | (id.charCodeAt(13) << 8) | (id.charCodeAt(14) << 16) | (id.charCodeAt(15) << 24);
  return (word2 & lowNibbles) | ((word3 & lowNibbles) << 4);
}

/** A hash of the second word alone: an id's digits from the ninth to the sixteenth, where snowflakes differ most. */
export function quickHash(second: number): number {
  const hash = Math.imul(second, 0x9e3779b1);
  return hash ^ (hash >>> 15);
}

/** The hash of a key's three words, for tables. */
export function spread(first: number, second: number, third: number): number {
  const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77) ^ Math.imul(third, 0xc2b2ae3d);
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

/** Bits of the high nibbles where a byte is no digit: they must be 3, and stay 3 when 6 is added. */
function strange(word: number): number {
  return (word ^ zeros) | ((word + 0x06060606) ^ zeros);
}

/** The hash of `"<seed>:"` as far as whole blocks go, and the bytes that are left over. */
export class Prefix {
  public readonly hash: number;
  public readonly carry: number;
  /** Bits in `carry`: 0, 8, 16 or 24. */
  public readonly shift: number;
  /** Bytes. */
  public readonly length: number;

  public constructor(seed: string) {
    const bytes = new TextEncoder().encode(`${seed}:`);
    const words = new DataView(bytes.buffer);
    let hash = 0;
    let at = 0;
    for (; at + 4 <= bytes.length; at += 4) hash = mixBlock(hash, words.getInt32(at, true));
    let carry = 0;
    for (let i = at; i < bytes.length; i++) carry |= words.getUint8(i) << (8 * (i - at));
    this.hash = hash;
    this.carry = carry;
    this.shift = 8 * (bytes.length - at);
    this.length = bytes.length;
  }
}
