/** Figures of the code and of those who write it. CI pushes them; each is compared with its own baseline. */

export interface Measure {
  readonly title: string;
  readonly unit: string;
  /** `at-least` and `at-most` are numbers of the unit; `less` is a share of the baseline that has to go. */
  readonly target:
    | { readonly is: 'at-least' | 'at-most'; readonly limit: number }
    | { readonly is: 'less'; readonly by: number };
}

export const measures: Readonly<Record<string, Measure>> = {
  'test-coverage': { title: 'Test coverage', unit: '%', target: { is: 'at-least', limit: 80 } },
  'code-duplication': { title: 'Code duplication', unit: '%', target: { is: 'less', by: 0.6 } },
  'cyclomatic-complexity': { title: 'Average complexity', unit: '', target: { is: 'less', by: 0.3 } },
  'technical-debt': { title: 'Technical debt', unit: 'h', target: { is: 'less', by: 0.5 } },
  'feature-lead-time': { title: 'Feature development time', unit: 'h', target: { is: 'less', by: 0.4 } },
  'bug-resolution-time': { title: 'Bug resolution time', unit: 'h', target: { is: 'less', by: 0.5 } },
  'onboarding-time': { title: 'Onboarding time', unit: 'd', target: { is: 'at-most', limit: 3 } },
  'code-review-time': { title: 'Code review time', unit: 'h', target: { is: 'less', by: 0.3 } },
};

/** Pushed beside them; they stand in the figures of the bot itself. */
export const ticketsMeasure = 'support-tickets';
