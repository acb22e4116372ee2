/** What the rooms need of a logger; Sapphire's ILogger fits. An Error may stand anywhere among the values. */
export interface Logger {
  debug(...values: readonly unknown[]): void;
  info(...values: readonly unknown[]): void;
  warn(...values: readonly unknown[]): void;
  error(...values: readonly unknown[]): void;
}
