import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it, onTestFinished } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { connectCluster } from '../../../../src/lib/deployments/drivers/kubernetes/ApiCluster.js';
import { KubernetesDriver } from '../../../../src/lib/deployments/drivers/kubernetes/KubernetesDriver.js';
import { deploymentsJsonSchema } from '../../../../src/lib/deployments/file/jsonSchema.js';
import { parseDeployments } from '../../../../src/lib/deployments/file/readDeploymentsFile.js';
import { startBotCluster } from '../../../support/kubernetes/bots.js';
import { withoutEnd } from '../drivers/contract.js';

const text = readFileSync('docs/deployments.md', 'utf8');
const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml ?? '');

it('the JSON Schema that is shipped is the one of this code (scripts/write-schemas.mjs writes it)', () => {
  expect(readFileSync('schemas/deployments.schema.json', 'utf8')).toBe(deploymentsJsonSchema());
});

it('the JSON Schema takes the example, and refuses a setting that there is not', () => {
  const validate = new Ajv2020({ formats: { uri: (url: string) => URL.canParse(url) } }).compile(
    JSON.parse(deploymentsJsonSchema()) as object,
  );
  const example = parse(readFileSync('examples/deployments/pm2.yaml', 'utf8')) as Record<string, unknown>;
  expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...example, divers: {} })).toBe(false);
});

it('every deployments.yaml in docs/deployments.md can be followed', () => {
  const files = blocks.filter((yaml) => !yaml.startsWith('apiVersion'));
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const yaml of files) expect(parseDeployments(yaml, 'docs', 'data')).toMatchObject({ ok: true });
});

it('docs/deployments.md names every key that the file may have', () => {
  const keys = new Set<string>();
  collectKeys(JSON.parse(deploymentsJsonSchema()), keys);
  expect(keys.size).toBeGreaterThan(20);
  expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(text))).toEqual([]);
});

interface Rule {
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly verbs: readonly string[];
}

it('the Role in docs/deployments.md lets the driver do all that it does, and holds nothing that it does not need', async () => {
  const cluster = await startBotCluster();
  onTestFinished(() => cluster.dispose());
  const rules = rulesIn(blocks.find((yaml) => yaml.startsWith('apiVersion')) ?? '');
  const used = new Set<string>();
  cluster.server.allowed = (verb, resource, name) => {
    const rule = rules.find(
      ({ resources, resourceNames, verbs }) =>
        resources.includes(resource) && resourceNames.includes(name) && verbs.includes(verb),
    );
    if (rule !== undefined) used.add(`${verb} ${resource} ${name}`);
    return rule !== undefined;
  };
  const { settings } = cluster;
  const driver = new KubernetesDriver({ settings, connect: () => connectCluster(settings) });
  await driver.plan();
  await driver.bringUp(withoutEnd());
  await driver.switchTraffic(withoutEnd());
  await driver.takeDown(withoutEnd());
  expect((await driver.verify(withoutEnd())).every(({ ok }) => ok)).toBe(true);
  await driver.undo(withoutEnd());
  const granted = rules.flatMap(({ resources, resourceNames, verbs }) =>
    verbs.flatMap((verb) =>
      resources.flatMap((resource) => resourceNames.map((name) => `${verb} ${resource} ${name}`)),
    ),
  );
  expect([...used].sort()).toEqual(granted.sort());
});

function rulesIn(yaml: string): readonly Rule[] {
  const [role] = parseAllDocuments(yaml).map((document) => document.toJS() as { rules?: Rule[] });
  return role?.rules ?? [];
}

function collectKeys(schema: unknown, keys: Set<string>): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'properties' && !Array.isArray(schema))
      for (const key of Object.keys(value as object)) keys.add(key);
    collectKeys(value, keys);
  }
}
