/** A rollback, a proof and an audit trail made by hand. */
import type { Json } from '../../../../src/lib/core/Json.js';
import type { RollbackDocument } from '../../../../src/lib/rollbacks/documents.js';
import { commandsWork } from '../../../../src/lib/rollbacks/proof/checks/commandsWork.js';
import { dataIntegrity } from '../../../../src/lib/rollbacks/proof/checks/dataIntegrity.js';
import type { CheckFinding } from '../../../../src/lib/rollbacks/proof/checks/Finding.js';
import { flagsOff } from '../../../../src/lib/rollbacks/proof/checks/flagsOff.js';
import { normality } from '../../../../src/lib/rollbacks/proof/checks/normality.js';
import type { IntegrityReport } from '../../../../src/lib/rollbacks/proof/integrity/IntegrityReport.js';
import { checkNames, type CheckName, type Proof } from '../../../../src/lib/rollbacks/proof/Proof.js';
import { verdictOf } from '../../../../src/lib/rollbacks/proof/verdict.js';
import type { RollCall } from '../../../../src/lib/presence/PresenceRoom.js';
import type { SmokeResult } from '../../../../src/lib/smoke/SmokeTest.js';
import { emptyHead, sealAll } from '../../../../src/lib/state/audit/chain.js';
import type { AuditEntry, AuditHead } from '../../../../src/lib/state/Store.js';

export const pressedAt = Date.UTC(2026, 7, 6, 3, 0);

export function rollbackWith(facts: Partial<RollbackDocument> = {}): RollbackDocument {
  return {
    v: 7,
    schema: 1,
    id: '7F3KQX00',
    kind: 'immediate',
    flag: 'new_greeting',
    trigger: 'security',
    reason: 'tokens in the log',
    created: { by: '1001', name: 'ada', at: pressedAt, reason: 'tokens in the log' },
    withDatabase: false,
    pressedAt,
    offAt: pressedAt + 12,
    endedAt: pressedAt + 4_000,
    state: 'completed',
    revision: 3,
    steps: [
      {
        ...{ name: 'flags', state: 'done', startedAt: pressedAt, endedAt: pressedAt + 12 },
        detail: 'Off for 2 guilds.',
      },
    ],
    descent: null,
    rollouts: [],
    before: [],
    isCounted: true,
    affected: { guilds: 2, members: 40 },
    sample: ['1', '2'],
    proof: null,
    receipt: null,
    news: [],
    newsCount: 0,
    ...facts,
  };
}

export function answerOf(process: string, body: Json, seq = 9): RollCall['answers'][number] {
  return { process, release: '1.0.0', seq, at: pressedAt, body };
}

export const off = { evaluated: 2, on: [], isOnWithoutGuild: false };

export function rollCall(answers: RollCall['answers'], silent: readonly string[] = []): RollCall {
  return {
    question: { id: 'q', kind: 'flags-off', body: null },
    answers,
    silent: silent.map((process) => ({
      ...{ process, release: '0.9.0', at: pressedAt, startedAt: 0, seq: 1, prepared: null },
      ...{ guilds: 1, shards: [0], shardCount: 1 },
    })),
  };
}

export const whole: IntegrityReport = {
  ...{ seq: 9, documents: 12, auditEntries: 5, outboxEntries: 0, seal: 'ab', findings: [] },
};

export const working: SmokeResult = {
  ...{ name: 'commands', verdict: 'passed', tookMs: 20, sentence: '1 thing was looked at, all well.' },
  findings: [{ what: '/hello', ok: true, detail: '' }],
};

const seen = { units: 900, bad: 22 };

/** What each check finds on a good day. */
export const goodFindings: Readonly<Record<CheckName, CheckFinding>> = {
  'flags-off': flagsOff(rollCall([answerOf('a', off), answerOf('b', off)]), {
    ...{ sample: ['1', '2'], seq: 7, isLast: false },
  }),
  'errors-normal': normality({
    ...{
      metric: 'errors',
      margin: 1.2,
      comparedWith: 'before',
      cutMs: null,
      seen,
      guilds: 900,
      isLast: false,
    },
    ticks: [
      { unit: 4, canary: { bad: 10, exposure: 40 }, control: { bad: 280, exposure: 280 } },
      { unit: 5, canary: { bad: 12, exposure: 40 }, control: { bad: 280, exposure: 280 } },
    ],
  }),
  'performance-restored': normality({
    ...{ metric: 'times', margin: 1.5, comparedWith: 'before', cutMs: 300, seen, guilds: 900, isLast: false },
    ticks: [{ unit: 4, canary: { bad: 10, exposure: 900 }, control: { bad: 600, exposure: 6_300 } }],
  }),
  'commands-work': commandsWork(working),
  'data-integrity': dataIntegrity(whole),
};

export function proofWith(findings: Partial<Record<CheckName, CheckFinding>> = {}): Proof {
  const checks = checkNames.map((name) => ({
    name,
    ...goodFindings[name],
    ...findings[name],
    at: pressedAt,
  }));
  return { beganAt: pressedAt, at: pressedAt, checks, verdict: verdictOf(checks), isFinal: true };
}

/** One sealed trail. `bodies[i]` is the i-th commit's only entry; a list, several of one commit. */
export class Trail {
  public entries: readonly AuditEntry[];
  private sealed: AuditHead;

  public constructor(bodies: readonly (Json | readonly [Json, Json])[], at = pressedAt, unsealed = 0) {
    const raw = bodies.flatMap((body, seq): AuditEntry[] =>
      (Array.isArray(body) ? (body as readonly Json[]) : [body]).map((one, index) => ({
        ...{ id: `${seq + 1}-${index}`, seq: seq + 1, commitId: `c${seq + 1}`, op: `op${seq + 1}` },
        ...{ at: at + seq, body: one },
      })),
    );
    const { seals, head } = sealAll(emptyHead, raw.slice(0, raw.length - unsealed));
    this.entries = raw.map((entry, index) => ({
      ...entry,
      ...(seals[index] !== undefined && { seal: seals[index].seal }),
    }));
    this.sealed = head;
  }

  public async head(): Promise<AuditHead> {
    return this.sealed;
  }

  public async seal(): Promise<AuditHead> {
    const open = this.entries.filter(({ seal }) => seal === undefined);
    const { seals, head } = sealAll(this.sealed, open);
    const sealOf = new Map(seals.map(({ id, seal }) => [id, seal]));
    this.entries = this.entries.map((entry) => ({
      ...entry,
      seal: entry.seal ?? sealOf.get(entry.id) ?? '',
    }));
    this.sealed = head;
    return head;
  }

  public async read({ limit, before }: { limit: number; before?: string }): Promise<readonly AuditEntry[]> {
    const until =
      before === undefined ? this.entries.length : this.entries.findIndex(({ id }) => id === before);
    return this.entries.slice(Math.max(0, until - limit), until).reverse();
  }
}
