import { count } from '../lib/core/count.js';
import type { Report, Terminal } from './Terminal.js';
import { withStore } from './withStore.js';

/** `rollouts audit verify` */
export function verifyAudit(terminal: Terminal): Promise<Report> {
  return withStore(terminal, async (store) => {
    const verdict = await store.audit.verify();
    if (!verdict.ok) {
      const text = [
        `The audit was tampered with: ${verdict.problem} (entry ${verdict.id}, of ${verdict.entries}).`,
        'Compare it with the notice in #operations and with an older snapshot; what follows that entry cannot be trusted either.',
      ];
      return { exitCode: 1, text: text.join('\n'), json: verdict };
    }
    const { entries, unsealed, head } = verdict;
    const open = unsealed === 0 ? '' : ` Not sealed yet: ${unsealed}; a running bot seals within seconds.`;
    const last = head.count === 0 ? '' : `\nThe last seal, of entry ${head.id}: ${head.seal}`;
    return {
      exitCode: 0,
      text: `The audit is whole: ${count(entries, 'entry', 'entries')}.${open}${last}`,
      json: verdict,
    };
  });
}
