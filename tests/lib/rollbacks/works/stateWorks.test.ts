import { describe, expect, it } from 'vitest';
import { databaseWork } from '../../../../src/lib/rollbacks/works/databaseWork.js';
import { snapshotWork } from '../../../../src/lib/rollbacks/works/snapshotWork.js';
import { rollback } from '../../discord/rollbacks/rollbackFixture.js';

const doing = (progress: (detail: string) => void = () => undefined) => ({
  ...{ rollback: rollback(), progress },
  signal: new AbortController().signal,
});

it('the snapshot of a rollback is named in the receipt with its checksum', async () => {
  const taken = {
    name: 'x.snapshot.gz',
    at: 0,
    seq: 12,
    why: 'rollback',
    bytes: 9,
    sha256: 'ab',
    documents: 3,
  };
  const work = snapshotWork({ take: async (why) => ({ ...taken, why }) });
  expect(work.skipped(rollback())).toBeNull();
  expect(await work.run(doing())).toEqual({
    detail: '3 documents in x.snapshot.gz.',
    facts: { file: 'x.snapshot.gz', sha256: 'ab', seq: 12, bytes: 9, documents: 3 },
  });
});

describe("the host's database", () => {
  const backup = { file: '/backups/d.backup', bytes: 4, sha256: 'cd', tookMs: 5 };
  const work = databaseWork(
    {
      plan: () => ['Back it up.'],
      backup: async (_signal, onLine) => {
        onLine?.('dumping');
        return backup;
      },
    },
    1_000,
  );

  it('is backed up only where somebody asked for it, and says so where nobody did', () => {
    expect(work.skipped(rollback({ withDatabase: true }))).toBeNull();
    expect(work.skipped(rollback())).toBe('Nobody asked for it.');
    expect(databaseWork(undefined).skipped(rollback({ withDatabase: true }))).toContain('recovery.database');
  });

  it('shows what its programs say, and names file and checksum', async () => {
    const said: string[] = [];
    expect(await work.run(doing((line) => void said.push(line)))).toEqual({
      detail: 'Backed up and checked: /backups/d.backup.',
      facts: backup,
    });
    expect(said).toEqual(['dumping']);
    expect(work.deadlineMs).toBeGreaterThan(2_000);
  });
});
