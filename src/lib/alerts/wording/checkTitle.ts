/** What is looked at after a deployment, as people say it: on the card and in every notice. */
const titles: Readonly<Record<string, string>> = {
  'response-times': 'Response times',
  'error-rates': 'Errors',
  memory: 'Memory',
  'state-store': 'State store',
  'external-services': 'External services',
  'user-commands': 'Commands',
};

export function checkTitle(check: string): string {
  return titles[check] ?? check;
}
