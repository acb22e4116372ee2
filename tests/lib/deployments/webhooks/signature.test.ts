import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sign, verify, windowSeconds } from '../../../../src/lib/deployments/webhooks/signature.js';

const now = 1_760_000_000_500;
const body = '{"event":"started"}';
const signed = sign(body, 'a secret', now);

describe('the signature of a message', () => {
  it('is the HMAC-SHA-256 of "timestamp.body", so that anyone can make it with openssl', () => {
    const expected = createHmac('sha256', 'a secret').update(`1760000000.${body}`).digest('hex');
    expect(signed).toEqual({ timestamp: '1760000000', signature: `sha256=${expected}` });
  });

  it('holds for what was signed, with the same secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1 }), (text, secret) => {
        expect(verify(text, sign(text, secret, now), secret, now)).toBe('ok');
        expect(verify(Buffer.from(text), sign(text, secret, now), secret, now)).toBe('ok');
      }),
    );
  });

  it('does not hold for another body, time or secret', () => {
    expect(verify(`${body} `, signed, 'a secret', now)).toBe('wrong');
    expect(verify(body, { ...signed, timestamp: '1760000001' }, 'a secret', now)).toBe('wrong');
    expect(verify(body, signed, 'another', now)).toBe('wrong');
    // Moving a digit over the point between time and body changes what is signed.
    const moved = sign(`1.${body}`, 'a secret', now);
    expect(verify(body, { ...moved, timestamp: `${moved.timestamp}1` }, 'a secret', now)).toBe('wrong');
  });

  it('holds for five minutes before and after', () => {
    const at = (seconds: number) => verify(body, signed, 'a secret', (1_760_000_000 + seconds) * 1_000);
    expect([at(windowSeconds), at(-windowSeconds)]).toEqual(['ok', 'ok']);
    expect([at(windowSeconds + 1), at(-windowSeconds - 1)]).toEqual(['late', 'late']);
  });

  it.each([
    [{}, 'missing'],
    [{ timestamp: signed.timestamp }, 'missing'],
    [{ ...signed, signature: signed.signature.slice(0, -1) }, 'malformed'],
    [{ ...signed, signature: signed.signature.toUpperCase() }, 'malformed'],
    [{ ...signed, signature: `${signed.signature}00` }, 'malformed'],
    [{ ...signed, timestamp: 'now' }, 'malformed'],
    [{ ...signed, timestamp: '-1' }, 'malformed'],
  ])('is refused, never thrown at, where its headers are odd', (headers, verdict) => {
    expect(verify(body, headers, 'a secret', now)).toBe(verdict);
  });
});
