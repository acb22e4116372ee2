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
  let lastTop = 0;
  scroller.addEventListener('scroll', () => {
    const isNear = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearPx;
    // Only moving up leaves the end: far from it is also who has not been taken there yet after something was added.
    if (isNear) reader.isAtEnd = true;
    else if (scroller.scrollTop < lastTop) reader.isAtEnd = false;
    lastTop = scroller.scrollTop;
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
