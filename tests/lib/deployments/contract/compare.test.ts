import { describe, expect, it } from 'vitest';
import { blotted } from '../../../e2e/contract/blotted.js';
import { compareCommands } from '../../../../src/lib/deployments/contract/commands.js';
import { compareContracts, compareReplies } from '../../../../src/lib/deployments/contract/compare.js';
import {
  contractSchema,
  parseAs,
  type Contract,
  type ContractCommand,
  type ContractOption,
} from '../../../../src/lib/deployments/contract/Contract.js';
import { settingsOf } from '../../../../src/lib/deployments/contract/settings.js';

const name: ContractOption = { type: 3, name: 'name', required: true };
const note: ContractOption = { type: 3, name: 'note' };
const feature = (...options: readonly ContractOption[]): ContractCommand => ({
  name: 'feature',
  options: [{ type: 1, name: 'enable', options: [...options] }],
});
const effects = (was: readonly ContractCommand[], is: readonly ContractCommand[]): readonly string[] =>
  compareCommands(was, is).map(({ effect, line }) => `${effect}: ${line}`);
const option = (was: Partial<ContractOption>, is: Partial<ContractOption>): readonly string[] =>
  effects([feature({ ...note, ...was })], [feature({ ...note, ...is })]);

describe('commands', () => {
  it('that stay as they are break nobody, in whatever order', () => {
    expect(effects([feature(name, note)], [feature(note, name)])).toEqual([]);
  });

  it('that are gone or renamed break whoever types them, and the new name is told', () => {
    expect(effects([feature(name)], [])).toEqual([
      'breaks: /feature is gone: people who type it find nothing',
    ]);
    expect(effects([feature(name)], [{ ...feature(name), name: 'flag' }])).toEqual([
      'breaks: /feature is gone: people who type it find nothing. Was it renamed to /flag?',
      'new: /flag',
    ]);
    const renamed = { ...feature(), options: [{ type: 1, name: 'turn-on', options: [] }] };
    expect(effects([feature()], [renamed])[0]).toBe(
      'breaks: /feature enable is gone: people who type it find nothing. Was it renamed to turn-on?',
    );
  });

  it('break where an option goes, becomes required, or comes as a required one; not where a free one comes', () => {
    expect(effects([feature(name, note)], [feature(name)])).toEqual([
      'breaks: /feature enable: the option note is gone: people who fill it in cannot',
    ]);
    expect(option({}, { required: true })).toEqual([
      'breaks: /feature enable: the option note is required now: people who leave it out are refused',
    ]);
    expect(effects([feature()], [feature(name)])).toEqual([
      'breaks: /feature enable: the new option name is required: people who type it as before are refused',
    ]);
    expect(effects([feature()], [feature(note)])).toEqual(['new: /feature enable: the option note']);
    expect(option({ required: true }, {})).toEqual([]);
  });

  it('break where an option takes less than it took; not where it takes more', () => {
    expect(option({}, { max_length: 10 })).toEqual([
      'breaks: /feature enable: the option note takes less than before (anything, now 0 to 10 characters)',
    ]);
    expect(option({ min_value: 1, max_value: 9 }, { min_value: 2, max_value: 9 })).toHaveLength(1);
    expect(option({ min_value: 1 }, { min_value: 0 })).toEqual([]);
    expect(option({ type: 3 }, { type: 4 })).toEqual([
      'breaks: /feature enable: note takes another type of value now',
    ]);
    expect(option({ channel_types: [0, 5] }, { channel_types: [0] })).toHaveLength(1);
    expect(option({ channel_types: [0] }, {})).toEqual([]);
    const [a, b] = [
      { name: 'A', value: 'a' },
      { name: 'B', value: 'b' },
    ];
    expect(option({ choices: [a, b] }, { choices: [b] })).toEqual([
      'breaks: /feature enable: the option note no longer offers "A"',
    ]);
    expect(option({ choices: [a] }, { choices: [a, b] })).toEqual([]);
    expect(option({}, { choices: [a] })).toHaveLength(1);
    expect(option({ choices: [a] }, {})).toEqual([]);
  });

  it('break where fewer people or places have them; not where more do', () => {
    const access = (was: Partial<ContractCommand>, is: Partial<ContractCommand>) =>
      effects([{ ...feature(), ...was }], [{ ...feature(), ...is }]);
    expect(access({ contexts: [0, 1] }, { contexts: [0] })).toHaveLength(1);
    expect(access({}, { contexts: [0] })).toHaveLength(1);
    expect(access({ contexts: [0] }, { contexts: [0, 1] })).toEqual([]);
    expect(access({}, { default_member_permissions: '32' })).toHaveLength(1);
    expect(access({ default_member_permissions: '32' }, { default_member_permissions: '40' })).toHaveLength(
      1,
    );
    expect(access({ default_member_permissions: '40' }, { default_member_permissions: '32' })).toEqual([]);
  });
});

describe('replies', () => {
  const reply = { private: true, kind: 'message' as const, controls: ['Undo'], text: ['Done'] };
  const compared = (is: Partial<typeof reply> | { kind: 'form' }) =>
    compareReplies({ '/x': reply }, { '/x': { ...reply, ...is } }).map(
      ({ effect, line }) => `${effect}: ${line}`,
    );

  it('break where what was private is public, where a button is gone, where a form comes', () => {
    expect(compared({ private: false })).toEqual(['breaks: /x answers in public: only the person saw it']);
    expect(compared({ controls: [] })).toEqual(['breaks: /x has no "Undo" any more']);
    expect(compared({ kind: 'form' })).toEqual(['breaks: /x answers with a form: it was a message']);
  });

  it('may be worded differently and may have more, which is said', () => {
    expect(compared({ text: ['Well done'] })).toEqual([
      'new: /x is worded differently: "Done" is "Well done" now',
    ]);
    expect(compared({ controls: ['Undo', 'More'] })).toEqual([]);
    expect(compareReplies({}, { '/y': reply })).toEqual([{ effect: 'new', line: '/y' }]);
  });

  it('are compared without what differs from run to run', () => {
    const first =
      'Created 2026-11-23 06:40 UTC by 123456789012345678\n\n 1,234 guilds, took 35 ms, entry #12, id 5YTZ7Z9K2';
    const second =
      'Created 2027-01-01 00:00 UTC by 876543210987654321\n 9 guilds, took 3 s, entry #1, id 1R2G3KAAA';
    expect(blotted(first)).toEqual(blotted(second));
    expect(blotted('Nothing was changed')).toEqual(['Nothing was changed']);
  });
});

describe('a contract', () => {
  const contract: Contract = {
    format: 'rollouts-contract',
    version: 1,
    release: '1.0.0',
    commands: [feature(name)],
    configuration: { environment: { TOKEN: { required: true }, PORT: { required: false } } },
    exports: { '.': { Kept: 'value', Shape: 'type' }, './register': {} },
  };
  const linesOf = async (is: Partial<Contract>) => {
    const { verdict, checks } = await compareContracts(contract, { ...contract, ...is }, { now: () => 0 });
    return [verdict, ...checks.flatMap(({ evidence }) => evidence)];
  };

  it('holds where it is as it was', async () => {
    expect(await linesOf({})).toEqual(['passed']);
  });

  it('says of replies and exports that nobody gave that they were not looked at', async () => {
    const { exports: _names, ...seen } = contract;
    const { verdict, checks } = await compareContracts({ ...contract, replies: {} }, seen, { now: () => 0 });
    expect([verdict, checks[1]?.sentence, checks[3]?.sentence]).toEqual([
      'passed',
      'Not looked at: give the replies of now with --replies.',
      'Not looked at, as it was asked for.',
    ]);
  });

  it('is broken for operators by a key that goes or that comes as required; not by one that may be left out', async () => {
    const environment = { TOKEN: { required: true }, SECRET: { required: true } };
    expect(await linesOf({ configuration: { environment } })).toEqual([
      'failed',
      'environment: PORT is gone: whoever set it loses what it did',
      'environment: SECRET is new and required: nobody has set it',
    ]);
    const stricter = { TOKEN: { required: true }, PORT: { required: true } };
    expect(await linesOf({ configuration: { environment: stricter } })).toEqual([
      'failed',
      'environment: PORT is required now: who left it out cannot start',
    ]);
    const more = { ...contract.configuration['environment'], EXTRA: { required: false } };
    expect(await linesOf({ configuration: { environment: more } })).toEqual([
      'passed',
      'new: environment: EXTRA',
    ]);
    expect(await linesOf({ configuration: {} })).toEqual(['failed', 'environment is no longer read']);
  });

  it('is broken for bots by a name or an entry point that goes', async () => {
    expect(await linesOf({ exports: { '.': { Shape: 'type' }, './register': {} } })).toEqual([
      'failed',
      '. no longer exports the value Kept',
    ]);
    expect(await linesOf({ exports: { '.': { Kept: 'type', Shape: 'value' } } })).toEqual([
      'failed',
      './register can no longer be imported',
      '. exports Kept as a type only',
    ]);
  });

  it('is refused where its file is damaged', () => {
    expect(() => parseAs(contractSchema, '{', 'contract.json')).toThrow('contract.json is no JSON.');
    expect(() => parseAs(contractSchema, '{"format":"other"}', 'contract.json')).toThrow(
      /^contract\.json is not what it should be: format: /,
    );
  });
});

describe('the settings of a file', () => {
  it('are its keys with what they are in, each form of a key by what tells it apart', () => {
    const schema = {
      properties: {
        title: {},
        driver: {
          oneOf: [
            { properties: { use: { const: 'pm2' }, name: {} }, required: ['use', 'name'] },
            { properties: { use: { const: 'command' }, name: {} }, required: ['use'] },
          ],
        },
        steps: { items: { properties: { run: {} }, required: ['run'] } },
        by: { additionalProperties: { properties: { limit: {} } } },
        tree: { $ref: '#/$defs/tree' },
      },
      required: ['title'],
      $defs: { tree: { properties: { leaf: {}, inner: { $ref: '#/$defs/tree' } } } },
    };
    const settings = settingsOf(JSON.stringify(schema));
    expect(Object.entries(settings).map(([key, { required }]) => (required ? `${key}!` : key))).toEqual([
      'title!',
      'driver',
      'driver(use=pm2).use!',
      'driver(use=pm2).name!',
      'driver(use=command).use!',
      'driver(use=command).name',
      'steps',
      'steps[].run!',
      'by',
      'by.*.limit',
      'tree',
      'tree.leaf',
      'tree.inner',
    ]);
  });

  it('below something that is gone are said by that alone', async () => {
    const was = { 'x.yaml': { a: { required: false }, 'a.b': { required: true } } };
    const base = {
      format: 'rollouts-contract',
      version: 1,
      release: '1',
      commands: [],
      exports: {},
    } as const;
    const contract = (configuration: Contract['configuration']): Contract => ({
      ...base,
      commands: [],
      configuration,
    });
    const { checks } = await compareContracts(contract(was), contract({ 'x.yaml': {} }), { now: () => 0 });
    expect(checks[2]?.evidence).toEqual(['x.yaml: a is gone: whoever set it loses what it did']);
    const back = await compareContracts(contract({ 'x.yaml': {} }), contract(was), { now: () => 0 });
    expect(back.checks[2]).toMatchObject({ verdict: 'passed', evidence: ['new: x.yaml: a'] });
  });
});
