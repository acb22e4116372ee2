/** Where waiting comes from, so that tests decide when it is over. */
export interface Timers {
  /** Calls back once after so many ms of real time, unless cancelled before. */
  after(ms: number, callback: () => void): { cancel(): void };
}

/** The machine's own timers. */
export const systemTimers: Timers = {
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};
