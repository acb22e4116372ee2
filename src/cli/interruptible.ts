/** Lets whoever presses Ctrl+C end what was started, and what is left behind be removed even so. */
export async function interruptible<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const aborter = new AbortController();
  const stop = (): void => {
    aborter.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await act(aborter.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
