export interface JournalPrograms {
  /** Path of systemd-journal-remote, which gathers lines. */
  readonly gather: string;
  /** Path of systemd-journal-gatewayd, which answers with them. */
  readonly serve: string;
  /** The environment to start both in. */
  readonly env: NodeJS.ProcessEnv;
}

export function journalPrograms(): Promise<JournalPrograms>;
