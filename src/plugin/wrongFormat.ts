/**
 * The ESM and the CommonJS copy of @sapphire/framework are different objects: a plugin that was loaded in the one hooks into
 * a client of the other in vain, and nothing says so. This says so.
 */
import { createRequire } from 'node:module';

/** How long a host may take between loading the plugin and building its client, ms of real time. */
const graceMs = 10_000;

let clientSeen = false;

/** A client of our copy of the framework was built: all is well. */
export function noticeClient(): void {
  clientSeen = true;
}

/** Which copy of the package this file belongs to. */
function ownFormat(): 'CommonJS' | 'ESM' {
  return typeof __filename === 'undefined' ? 'ESM' : 'CommonJS';
}

function commonJsFrameworkIsLoaded(): boolean {
  const loaded = Object.keys(createRequire(import.meta.url).cache ?? {});
  return loaded.some((file) => /@sapphire[\\/]framework[\\/]dist[\\/]cjs/.test(file));
}

/** Warns once, as a process warning with code ROLLOUTS_NO_CLIENT, where no client of our copy appears in time. */
export function watchForWrongFormat(): void {
  setTimeout(() => {
    if (clientSeen) return;
    const format = ownFormat();
    const why =
      format === 'ESM' && commonJsFrameworkIsLoaded()
        ? 'The bot uses the CommonJS copy of @sapphire/framework, and the plugin was loaded as ESM.'
        : `The plugin was loaded as ${format}; a bot whose framework is loaded in the other format never meets it.`;
    process.emitWarning(
      `sapphire-plugin-rollouts/register was loaded, but no SapphireClient has been built from the same copy of @sapphire/framework. ${why} ` +
        'Load both in one format: both with require(), or both with import. Until then no rollouts command exists and every flag is missing.',
      { code: 'ROLLOUTS_NO_CLIENT' },
    );
  }, graceMs).unref();
}
