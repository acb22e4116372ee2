import type { Logger } from '../../../../src/lib/core/Logger.js';

/** Keeps what it is told. */
export class RecordingLogger implements Logger {
  private readonly said: string[] = [];

  public get text(): string {
    return this.said.join('\n');
  }

  public debug(...values: readonly unknown[]): void {
    this.keep(values);
  }

  public info(...values: readonly unknown[]): void {
    this.keep(values);
  }

  public warn(...values: readonly unknown[]): void {
    this.keep(values);
  }

  public error(...values: readonly unknown[]): void {
    this.keep(values);
  }

  private keep(values: readonly unknown[]): void {
    this.said.push(values.map(String).join(' '));
  }
}
