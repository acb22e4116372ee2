import { BadReport, type Coverage, type Covered } from './Report.js';
import { countIn, type Element, type XmlReport } from './xml.js';

/** Cobertura's XML: the totals of the root, or, in older files that lack them, its rate. */
export class Cobertura implements XmlReport {
  private lines: Covered = { covered: 0, of: 0 };
  private branches: Covered = { covered: 0, of: 0 };

  public open(element: Element, within: readonly string[]): void {
    if (within.length > 0) return;
    this.lines = totals(element, 'lines', 'line-rate');
    this.branches = totals(element, 'branches', 'branch-rate');
  }

  public report(): Coverage {
    return { kind: 'coverage', lines: this.lines, branches: this.branches };
  }
}

function totals(root: Element, what: 'lines' | 'branches', rateName: string): Covered {
  const covered = countIn(root, `${what}-covered`);
  const of = countIn(root, `${what}-valid`);
  if (covered !== undefined && of !== undefined) {
    if (covered > of) throw new BadReport(`says that ${covered} of ${of} ${what} are covered`);
    return { covered, of };
  }
  const rate = countIn(root, rateName);
  if (rate !== undefined && rate > 1)
    throw new BadReport(`has ${rateName}="${rate}", which is more than all`);
  return rate === undefined ? { covered: 0, of: 0 } : { covered: rate, of: 1 };
}
