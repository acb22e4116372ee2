/** Keeps what went wrong beside the tests of a run: rejections that nobody handled, and workers that died. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const cache = new URL('../.cache/', import.meta.url);

export default class UnhandledErrorsReporter {
  async onTestRunEnd(_modules, errors) {
    if (errors.length === 0) return;
    const kept = errors.map((error) => ({
      file: error.VITEST_TEST_PATH,
      text: String(error.stack ?? error.message ?? error).slice(0, 2_000),
    }));
    await mkdir(cache, { recursive: true });
    await writeFile(fileURLToPath(new URL('test-unhandled.json', cache)), JSON.stringify(kept));
  }
}
