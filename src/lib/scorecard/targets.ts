/** The targets of the nine figures. */
import type { Target } from './Figure.js';

const percent = (value: number, digits = 1): string => `${(value * 100).toFixed(digits)} %`;
const change = (value: number): string => `${value > 0 ? '+' : ''}${percent(value)}`;
const stars = (value: number): string => `${value.toFixed(2)} of 5`;
const exact = (value: number): string => percent(value, value > 0.99 ? 3 : 1);

export const targets = {
  uptime: of('uptime', 'Uptime', 'above', 0.999, exact, '99.9 %'),
  responseTime: of('response-time', 'Response time', 'below', 0.1, change, '+10 %'),
  errors: of('errors', 'Errors', 'below', 0.01, change, '+1 %'),
  memory: of('memory', 'Memory', 'below', 0.2, change, '+20 %'),
  store: of('store-latency', 'State store', 'below', 0.05, change, '+5 %'),
  success: of('command-success', 'Commands that work', 'above', 0.995, exact, '99.5 %'),
  satisfaction: of('satisfaction', 'Satisfaction', 'above', 4.5, stars, '4.5 of 5'),
  tickets: of('support-tickets', 'Support tickets', 'below', 0.1, change, '+10 %'),
  adoption: of('adoption', 'Adoption', 'above', 0.8, percent, '80 %'),
} as const;

function of(
  name: string,
  title: string,
  good: Target['good'],
  limit: number,
  show: (value: number) => string,
  written: string,
): Target {
  return { name, title, good, limit, show: (value) => show(value), target: `${good} ${written}` };
}
