/** Settings of a Redis that would lose data, said as sentences. */

/** `info` is the text of INFO; `save` the setting of that name, undefined where the server does not tell. */
export function warningsOf(info: string, save: string | undefined): string[] {
  const fields = new Map(
    info.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)] as const] : [];
    }),
  );
  const warnings: string[] = [];
  const version = fields.get('redis_version') ?? '0';
  if (isOlder(version, 6, 2)) warnings.push(`Redis is version ${version}; 6.2 or newer is needed.`);
  const policy = fields.get('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction')
    warnings.push(
      `Redis' maxmemory-policy is ${policy}: when memory is full it throws state away. Set noeviction.`,
    );
  if (fields.get('aof_enabled') === '0' && save === '')
    warnings.push('Redis keeps nothing on disk: a restart loses the state. Turn on appendonly or save.');
  return warnings;
}

function isOlder(version: string, major: number, minor: number): boolean {
  const [x = 0, y = 0] = version.split('.').map(Number);
  return x < major || (x === major && y < minor);
}
