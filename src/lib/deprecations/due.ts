/** Versions and days by which something is to be gone. */

/** `3`, `3.1` and `3.1.4`, with or without `v`; what follows a hyphen or a plus is not looked at, so 3.0.0-beta.1 is 3.0.0. */
const version = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+][0-9A-Za-z.+-]+)?$/;

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

export function isVersion(text: string): boolean {
  return version.test(text) && !/^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** Negative where `a` is the older one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  return left.map((value, index) => value - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function numbers(text: string): readonly number[] {
  return (version.exec(text) ?? []).slice(1, 4).map((part) => Number(part ?? 0));
}
