/** Takes secrets out of log lines: the ones it is told, and whatever looks like one by its place. */
const redacted = '[redacted]';

/** Shorter ones would hit innocent words. */
const leastSecretLength = 4;

const key = String.raw`(?:authorization|cookie|set-cookie|password|passwd|secret|token|apikey|api_key|webhookUrl|webhook_url)`;

const patterns: readonly (readonly [RegExp, string])[] = [
  // A field by its name, as JSON and as util.inspect write it.
  [new RegExp(String.raw`("${key}"\s*:\s*)"(?:[^"\\]|\\.)*"`, 'gi'), `$1"${redacted}"`],
  [new RegExp(String.raw`(\b${key}'?:\s*)'[^']*'`, 'gi'), `$1'${redacted}'`],
  [/\b(Bot|Bearer)\s+[\w.~+/=-]{16,}/g, `$1 ${redacted}`],
  // Discord's bot tokens: user id, time and signature in base64.
  [/\b[\w-]{20,30}\.[\w-]{5,8}\.[\w-]{25,}/g, redacted],
  // scheme://user:password@
  [/([a-z][a-z\d+.-]*:\/\/[^\s/:@"']*:)[^\s/@"']+@/gi, `$1${redacted}@`],
  [/([?&]sentinelPassword=)[^\s&"']+/gi, `$1${redacted}`],
  // An interaction's token lets anybody answer it, a webhook's lets anybody post.
  [/(\/(?:webhooks|interactions)\/\d+\/)[^\s/?"'\\]+/g, `$1${redacted}`],
];

/** Answers a function that takes every one of `secrets`, and everything that looks like one, out of a text. */
export function redaction(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets
    .filter((secret) => secret !== undefined)
    .filter((secret) => secret.length >= leastSecretLength)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .sort((left, right) => right.length - left.length);
  return (text) => {
    let clean = text;
    for (const secret of new Set(known)) clean = clean.replaceAll(secret, redacted);
    for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
    return clean;
  };
}

/** The passwords in one address or in several separated by commas. */
export function passwordsIn(urls: string | undefined): readonly string[] {
  const found = (urls ?? '').matchAll(/:\/\/[^\s/:@,]*:([^\s/@,]+)@|[?&]sentinelPassword=([^&\s,]+)/g);
  return [...found].flatMap(([, own, sentinels]) => {
    const password = own ?? sentinels ?? '';
    return [password, decoded(password)];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
