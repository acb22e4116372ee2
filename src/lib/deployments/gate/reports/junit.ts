import type { Tests } from './Report.js';
import { countIn, type Element, type XmlReport } from './xml.js';

const outcomes = ['failure', 'error', 'skipped'] as const;
const claims = ['tests', 'failures', 'errors'] as const;
type Outcome = (typeof outcomes)[number];

/**
 * JUnit XML (https://github.com/testmoapp/junitxml). Its cases are counted; where the root claims more failures than there are
 * cases for (a suite that could not be loaded has none), its claim holds.
 */
export class JUnit implements XmlReport {
  private readonly counted = { tests: 0, failure: 0, error: 0, skipped: 0 };
  private readonly claimed = { tests: 0, failures: 0, errors: 0 };
  private readonly suites = { tests: 0, failures: 0, errors: 0 };
  private outcome: Outcome | undefined;

  public open(element: Element, within: readonly string[]): void {
    const parent = within.at(-1);
    // Some write the totals on the suites only.
    if (parent === undefined || (parent === 'testsuites' && element.name === 'testsuite'))
      this.claim(element, parent === undefined);
    if (element.name === 'testcase') {
      this.counted.tests++;
      this.outcome = undefined;
    }
    const outcome = outcomes.find((name) => name === element.name);
    if (outcome === undefined || parent !== 'testcase') return;
    // A case that failed and then broke in its clean-up has both, and is one that did not pass.
    if (this.outcome === undefined) this.counted[outcome]++;
    this.outcome = outcome;
  }

  public report(): Tests {
    const { counted, claimed } = this;
    return {
      kind: 'tests',
      tests: Math.max(counted.tests, claimed.tests),
      failures: Math.max(counted.failure, claimed.failures),
      errors: Math.max(counted.error, claimed.errors),
      skipped: counted.skipped,
    };
  }

  private claim(element: Element, isRoot: boolean): void {
    for (const name of claims) {
      const claimed = countIn(element, name) ?? 0;
      if (!isRoot) this.suites[name] += claimed;
      this.claimed[name] = Math.max(this.claimed[name], isRoot ? claimed : this.suites[name]);
    }
  }
}
