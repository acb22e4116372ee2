/** A commit that is under way. */
export interface Sent {
  readonly op: string;
  /** Until when it may still happen, ms of the store's own time. */
  readonly notAfter: number;
}

/** A person is answered within two seconds: past this, ms, what was asked for can no longer happen. */
export const answeredWithinMs = 1_400;
