/** Who reads the newest message keeps reading the newest one; who scrolled up stays where they are. */

/** Closer to the end than this counts as reading the newest message. */
const nearPx = 80;

interface Reader {
  channelId: string | undefined;
  isAtEnd: boolean;
  readonly sizes: ResizeObserver;
}

const readers = new WeakMap<Element, Reader>();

function follow(scroller: Element): Reader {
  // Messages draw themselves after the page did: their growth is what must be followed, not the drawing.
  const sizes = new ResizeObserver(() => {
    if (reader.isAtEnd) scroller.scrollTop = scroller.scrollHeight;
  });
  const reader: Reader = { channelId: undefined, isAtEnd: true, sizes };
  scroller.addEventListener('scroll', () => {
    reader.isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearPx;
  });
  readers.set(scroller, reader);
  sizes.observe(scroller);
  return reader;
}

/** Call after every drawing with the element that scrolls and the channel in it: another channel begins at its end. */
export function keepAtEnd(scroller: Element, channelId: string | undefined): void {
  const reader = readers.get(scroller) ?? follow(scroller);
  for (const child of scroller.children) reader.sizes.observe(child);
  if (reader.channelId === channelId) return;
  reader.channelId = channelId;
  reader.isAtEnd = true;
  scroller.scrollTop = scroller.scrollHeight;
}
