import type { OutboxEntry } from '../../state/Store.js';
import { acknowledges, onItButton } from '../escalation/onItButton.js';
import type { Card, Notice } from '../Card.js';
import type { Messenger, SentMessage } from '../Messenger.js';
import { nonce, reference } from '../reference.js';

/**
 * Discord recognises a nonce for "the past few minutes". An entry that is older than this may have been sent by a process
 * that died before it could write that down, so it is looked for first.
 */
const nonceHoldsMs = 60_000;
/** Discord takes five rows of five. */
const mostButtons = 25;
/** How far the store's clock and Discord's may be apart. */
const clocksApartMs = 300_000;

/** Sends one notice so that it stands in the channel exactly once, whatever was tried before. */
export async function deliver(
  messenger: Messenger,
  channelId: string,
  entry: OutboxEntry,
  notice: Notice,
  storeNow: number,
): Promise<SentMessage> {
  const name = reference(notice.origin ?? entry);
  if (storeNow - entry.at > nonceHoldsMs) {
    const found = await messenger.find(channelId, name, entry.at - clocksApartMs);
    if (found !== undefined) return found;
  }
  return messenger.send(channelId, {
    card: withButton(withEntry(notice.card, notice.origin ?? entry), notice),
    nonce: nonce(entry),
    reference: name,
    pingOnCall: notice.pingOnCall === true,
    ...(notice.file !== undefined && { file: notice.file }),
    ...(notice.pingApprovers === true && { pingApprovers: true }),
    ...(notice.about !== undefined && { about: notice.about }),
  });
}

/** Puts the id of the commit's first audit entry where a button's argument asks for it. */
function withEntry(card: Card, { seq }: Pick<OutboxEntry, 'seq'>): Card {
  if (card.buttons === undefined) return card;
  const named = (arg: string): string => (arg === '{entry}' ? `${seq}-0` : arg);
  return { ...card, buttons: card.buttons.map((button) => ({ ...button, args: button.args.map(named) })) };
}

/** Whoever was called can say that they are on it. */
function withButton(card: Card, { kind, pingOnCall = false }: Notice): Card {
  const { buttons = [] } = card;
  if (!pingOnCall || buttons.some(acknowledges)) return card;
  return { ...card, buttons: [...buttons.slice(0, mostButtons - 1), onItButton(kind)] };
}
