/** Makes a copy of a database to try a migration on, says so, and waits to be killed. */
import { openScratch } from '../../../src/lib/deployments/migrations/sql/scratch.js';

const [databaseUrl = '', programs = ''] = process.argv.slice(2);
const workbench = await openScratch({ databaseUrl, programs, limitMs: 60_000 });
await workbench.backUpAndCopy();
process.send?.('made');
setInterval(() => undefined, 60_000);
