/** What staff hear about the state itself. */
import { count } from '../../core/count.js';
import { reference } from '../reference.js';
import { lines } from './facts.js';
import { told, type Told } from './told.js';

/** A failover took commits back that had already been acknowledged. */
export function changesLost(vanished: readonly { readonly seq: number; readonly id: string }[]): Told {
  return told({
    tone: 'bad',
    title: `The state store lost ${count(vanished.length, 'change')} in a failover`,
    why: ['They were acknowledged, but had not reached the replica that took over.'],
    did: ['Flags now follow the state as the store has it.'],
    todo: 'Look for these numbers in the notices of the last minutes, check what is set now, and make the changes again where they are still wanted.',
    fields: [
      {
        name: 'Lost',
        value: lines(vanished.map(({ seq, id }) => [{ code: reference({ id: `${seq}-0`, commitId: id }) }])),
      },
    ],
  });
}
