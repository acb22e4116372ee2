import { describe, expect, it, vi } from 'vitest';
import type { ChecksReport, CheckVerdict } from '../../../../src/lib/deployments/checks/CheckResult.js';
import type { MigrationsInBot } from '../../../../src/lib/deployments/migrations/MigrationsInBot.js';
import { validateMigration } from '../../../../src/lib/discord/deployments/validateMigration.js';
import { Forbidden } from '../../../../src/lib/discord/rights.js';
import { type roles, turnOf } from '../rollbacks/turn.js';

const names = ['syntax', 'backup', 'dry run', 'performance impact', 'rollback script'];

function report(last: CheckVerdict, evidence: readonly string[] = []): ChecksReport {
  const checks = names.map((name, index) => {
    const isLast = index === names.length - 1;
    const verdict: CheckVerdict = isLast ? last : 'passed';
    return { name, verdict, sentence: `How ${name} went.`, evidence: isLast ? evidence : [], tookMs: 1 };
  });
  const verdict = last === 'passed' ? 'passed' : 'failed';
  return { format: 'rollouts-checks', version: 1, about: 'migration 7.sql', verdict, checks };
}

function opened(role: keyof typeof roles, found: ChecksReport, stepMs = 2_000) {
  let now = 0;
  const validate = vi.fn<MigrationsInBot['validate']>(({ onTicks }) => {
    for (const check of names) onTicks([{ check, state: 'running', sentence: '' }]);
    return Promise.resolve(found);
  });
  const realTime = { now: () => (now += stepMs) };
  return {
    validate,
    ...turnOf(role, { migrationsInBot: { list: () => Promise.resolve([]), validate }, realTime }),
  };
}

describe('/deploy validate migration', () => {
  it('shows which check runs, and all five in words where they passed', async () => {
    const { turn, shown } = opened('admin', report('passed'));
    await validateMigration(turn, '7_names.sql');
    expect(shown.map(({ text }) => text).join('\n')).toContain('performance impact');
    expect(shown.at(-1)?.text).toContain('The migration 7_names.sql may be applied');
    for (const name of names) expect(shown.at(-1)?.text).toContain(`How ${name} went.`);
  });

  it.each(['failed', 'unknown'] as const)(
    'names what to mend where a check %s, with what it found',
    async (verdict) => {
      const evidence = Array.from({ length: 9 }, (_, index) => `line ${index}: lost`);
      const { turn, shown } = opened('admin', report(verdict, evidence));
      await validateMigration(turn, '7_names.sql');
      const text = shown.at(-1)?.text ?? '';
      expect(text).toContain('The migration 7_names.sql is not ready');
      expect(text).toContain('Mend rollback script before it is applied');
      expect(text).toContain('line 5: lost');
      expect(text).toContain('… and 3 more');
      expect(text).not.toContain('line 6: lost');
    },
  );

  it('is for admins alone', async () => {
    const { turn, validate } = opened('staff', report('passed'));
    await expect(validateMigration(turn, '7_names.sql')).rejects.toBeInstanceOf(Forbidden);
    expect(validate).not.toHaveBeenCalled();
  });

  it('says where else it is tried, where nothing is run in the bot', async () => {
    const { turn } = turnOf('admin', { realTime: { now: () => 0 } });
    await expect(validateMigration(turn, '../7.sql')).rejects.toMatchObject({
      message: 'Migrations are not tried in this bot.',
      next: expect.stringContaining('npx rollouts migrate validate 7.sql, or set GATE_IN_BOT=true') as string,
    });
  });

  it('does not write to an answer that can be edited no more, and says before that why', async () => {
    const { turn, shown } = opened('admin', report('passed'), 5 * 60_000);
    await validateMigration(turn, '7_names.sql');
    expect(shown.at(-1)?.text).toContain('takes too long to be tried from chat');
  });
});
