/** The recorded contract against what there is now: what breaks whom. */
import type { Clock } from '../../core/Clock.js';
import { failed, passed, reportOf, type ChecksReport, type Finding } from '../checks/CheckResult.js';
import { runChecks } from '../checks/runChecks.js';
import { adds, breaks, sides, type Change } from './Change.js';
import { compareCommands } from './commands.js';
import type { Contract, ContractReply, ContractSettings } from './Contract.js';

/** What there is now; what nobody looked at is absent, and nothing is concluded about it. */
export type Seen = Omit<Contract, 'exports'> & Partial<Pick<Contract, 'exports'>>;

export async function compareContracts(was: Contract, is: Seen, realTime: Clock): Promise<ChecksReport> {
  const { commands, configuration, exports: names } = was;
  const check = (name: string, whom: string, changes: () => readonly Change[] | string) => ({
    name,
    run: async () => finding(whom, changes()),
  });
  const { replies, exports: seenNames } = is;
  const checks = await runChecks(
    [
      check('command interfaces', 'people who use the commands', () =>
        compareCommands(commands, is.commands),
      ),
      check('command replies', 'people who read the replies', () =>
        was.replies !== undefined && replies === undefined
          ? 'Not looked at: give the replies of now with --replies.'
          : compareReplies(was.replies, replies),
      ),
      check('configuration', 'operators', () => compareConfiguration(configuration, is.configuration)),
      check('package exports', 'bots that import the package', () =>
        seenNames === undefined ? 'Not looked at, as it was asked for.' : compareExports(names, seenNames),
      ),
    ],
    realTime,
  );
  return reportOf(`compatibility with ${was.release}`, checks);
}

/** @param changes a sentence where it was not looked at */
function finding(whom: string, changes: readonly Change[] | string): Finding {
  if (typeof changes === 'string') return passed(changes);
  const broken = changes.filter(({ effect }) => effect === 'breaks').map(({ line }) => line);
  const fresh = changes.filter(({ effect }) => effect === 'new').map(({ line }) => `new: ${line}`);
  if (broken.length === 0)
    return passed(
      fresh.length === 0 ? 'As it was recorded.' : `Nothing breaks; ${fresh.length} things are new.`,
      fresh,
    );
  return failed(
    `${broken.length} ${broken.length === 1 ? 'change breaks' : 'changes break'} ${whom}. Take them back, or keep the old way beside the new one for a release; where it is meant, record the contract again.`,
    broken,
  );
}

export function compareReplies(
  was: Contract['replies'] = {},
  is: Contract['replies'] = {},
): readonly Change[] {
  const { both, fresh } = sides(mapOf(was), mapOf(is));
  // A command that is gone is said by the interfaces; one that was not tried this time says nothing.
  return [
    ...both.flatMap(([typed, old, now]) => compareReply(typed, old, now)),
    ...fresh.map(([typed]) => adds(typed)),
  ];
}

function compareReply(typed: string, was: ContractReply, is: ContractReply): readonly Change[] {
  const lost = was.controls.filter((control) => !is.controls.includes(control));
  return [
    ...(was.kind === is.kind ? [] : [breaks(`${typed} answers with a ${is.kind}: it was a ${was.kind}`)]),
    ...(was.private && !is.private ? [breaks(`${typed} answers in public: only the person saw it`)] : []),
    ...lost.map((control) => breaks(`${typed} has no "${control}" any more`)),
    ...(was.text.join('\n') === is.text.join('\n')
      ? []
      : [adds(`${typed} is worded differently${firstWords(was, is)}`)]),
  ];
}

function firstWords(was: ContractReply, is: ContractReply): string {
  const at = was.text.findIndex((line, index) => line !== is.text[index]);
  const [before, now] = [was.text[at], is.text[at]];
  return before === undefined || now === undefined ? '' : `: "${before}" is "${now}" now`;
}

function compareConfiguration(
  was: Contract['configuration'],
  is: Contract['configuration'],
): readonly Change[] {
  const { both, gone, fresh } = sides(mapOf(was), mapOf(is));
  return [
    ...gone.map(([place]) => breaks(`${place} is no longer read`)),
    ...both.flatMap(([place, old, now]) => compareSettings(place, old, now)),
    ...fresh.map(([place]) => adds(place)),
  ];
}

function compareSettings(place: string, was: ContractSettings, is: ContractSettings): readonly Change[] {
  const { both, gone, fresh } = sides(mapOf(was), mapOf(is));
  const isGone = (name: string): boolean =>
    gone.some(([other]) => name !== other && name.startsWith(`${other}.`));
  const isNew = (name: string): boolean =>
    fresh.some(([other]) => name !== other && name.startsWith(`${other}.`));
  return [
    // What is below something that is gone, or new, is said by that.
    ...gone
      .filter(([name]) => !isGone(name))
      .map(([name]) => breaks(`${place}: ${name} is gone: whoever set it loses what it did`)),
    ...both
      .filter(([, old, now]) => now.required && !old.required)
      .map(([name]) => breaks(`${place}: ${name} is required now: who left it out cannot start`)),
    ...fresh
      .filter(([name]) => !isNew(name))
      .map(([name, { required }]) =>
        required
          ? breaks(`${place}: ${name} is new and required: nobody has set it`)
          : adds(`${place}: ${name}`),
      ),
  ];
}

function compareExports(was: Contract['exports'], is: Contract['exports']): readonly Change[] {
  const { both, gone, fresh } = sides(mapOf(was), mapOf(is));
  return [
    ...gone.map(([entry]) => breaks(`${entry} can no longer be imported`)),
    ...both.flatMap(([entry, old, now]) => {
      const names = sides(mapOf(old), mapOf(now));
      return [
        ...names.gone.map(([name, kind]) => breaks(`${entry} no longer exports the ${kind} ${name}`)),
        ...names.both
          .filter(([, before, after]) => before === 'value' && after === 'type')
          .map(([name]) => breaks(`${entry} exports ${name} as a type only`)),
        ...names.fresh.map(([name, kind]) => adds(`${entry}: the ${kind} ${name}`)),
      ];
    }),
    ...fresh.map(([entry]) => adds(entry)),
  ];
}

function mapOf<T>(record: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(record));
}
