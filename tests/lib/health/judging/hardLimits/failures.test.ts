import { describe, expect, it } from 'vitest';
import { failureLimit, type ArmFailures } from '../../../../../src/lib/health/judging/hardLimits/failures.js';

const quiet: ArmFailures = { runs: 1_000, failures: 10, guilds: 90, failingGuilds: 5 };
const storm: ArmFailures = { runs: 60, failures: 20, guilds: 10, failingGuilds: 3 };
const nobody: ArmFailures = { runs: 0, failures: 0, guilds: 0, failingGuilds: 0 };

describe('failureLimit', () => {
  it('rolls back a crash storm at once, with or without a control', () => {
    expect(failureLimit(storm, quiet)).toMatchObject({ limit: 'crash-storm', leadsTo: 'ROLLBACK' });
    expect(failureLimit(storm, nobody)).toMatchObject({ limit: 'crash-storm', leadsTo: 'ROLLBACK' });
  });

  it('waits below any of its three limits', () => {
    expect(failureLimit({ ...storm, failures: 19 }, quiet)).toBeNull();
    expect(failureLimit({ ...storm, failingGuilds: 2 }, quiet)).toBeNull();
    expect(failureLimit({ ...storm, runs: 80 }, quiet)).toBeNull();
  });

  it('needs three times the control rate', () => {
    const control = { runs: 1_000, failures: 99, guilds: 90, failingGuilds: 40 };
    expect(failureLimit({ ...storm, runs: 70 }, control)).toBeNull();
    expect(failureLimit({ ...storm, runs: 67 }, control)).toMatchObject({ limit: 'crash-storm' });
  });

  it('needs one guild with five errors where fewer than three are exposed', () => {
    const one = { runs: 10, failures: 5, guilds: 1, failingGuilds: 1 };
    expect(failureLimit(one, nobody)).toMatchObject({ limit: 'crash-storm', leadsTo: 'ROLLBACK' });
    expect(failureLimit({ ...one, failures: 4 }, nobody)).toBeNull();
    expect(failureLimit({ ...one, guilds: 3 }, nobody)).toBeNull();
  });

  it('pauses when both arms fail: an outage is not the feature, however bad the canary', () => {
    const failing = { runs: 100, failures: 90, guilds: 30, failingGuilds: 30 };
    expect(failureLimit(failing, failing)).toMatchObject({ limit: 'outage', leadsTo: 'PAUSE' });
    expect(failureLimit(nobody, failing)).toMatchObject({ limit: 'outage', leadsTo: 'PAUSE' });
    const mild = { runs: 1_000, failures: 101, guilds: 90, failingGuilds: 30 };
    expect(failureLimit(failing, mild)).toMatchObject({ limit: 'outage', leadsTo: 'PAUSE' });
  });

  it('does not take one guild that fails in the control for an outage', () => {
    expect(failureLimit(nobody, { runs: 100, failures: 90, guilds: 30, failingGuilds: 1 })).toBeNull();
  });

  it('says nothing where nothing ran', () => {
    expect(failureLimit(nobody, nobody)).toBeNull();
  });
});
