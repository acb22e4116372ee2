import { describe, expect, it } from 'vitest';
import {
  Confirmations,
  confirmationsOf,
  confirmationTtlMs,
  NotYourQuestion,
  QuestionClosed,
  type ConfirmableRequest,
} from '../../../src/lib/discord/Confirmations.js';
import { proposal } from './flagsFixture.js';

const request: ConfirmableRequest = {
  change: { do: 'enable', flag: 'new_greeting' },
  by: { id: '7', name: 'admin' },
  confirmed: proposal(),
};

describe('a confirmation', () => {
  it('gives the person who asked what they asked for', () => {
    const open = new Confirmations();
    expect(open.take(open.ask(request, 0), '7', confirmationTtlMs - 1)).toBe(request);
  });

  it('is good once', () => {
    const open = new Confirmations();
    const id = open.ask(request, 0);
    open.take(id, '7', 1);
    expect(() => open.take(id, '7', 2)).toThrow('answered this already');
  });

  it('belongs to the person who asked, and stays theirs when another pressed it', () => {
    const open = new Confirmations();
    const id = open.ask(request, 0);
    expect(() => open.take(id, '8', 1)).toThrow(NotYourQuestion);
    expect(open.take(id, '7', 2)).toBe(request);
  });

  it('closes after two minutes', () => {
    const open = new Confirmations();
    const id = open.ask(request, 0);
    expect(() => open.take(id, '7', 120_000)).toThrow('expired');
    expect(() => open.take(id, '7', 120_001)).toThrow(QuestionClosed);
  });

  it('is not known to another bot, nor after a restart', () => {
    const [one, other] = [{}, {}];
    const id = confirmationsOf(one).ask(request, 0);
    expect(confirmationsOf(one).take(id, '7', 1)).toBe(request);
    expect(() => confirmationsOf(other).take(id, '7', 1)).toThrow('no longer open');
  });

  it('is forgotten in the end, so that memory stays bounded', () => {
    const open = new Confirmations();
    const id = open.ask(request, 0);
    open.ask(request, 3 * confirmationTtlMs);
    expect(() => open.take(id, '7', 3 * confirmationTtlMs)).toThrow('no longer open');
  });
});
