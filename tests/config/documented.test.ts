import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'dotenv';
import { readEnvironment } from '../../src/config/environment.js';
import { variables } from '../../src/config/variables.js';

const names = Object.keys(variables).sort();
const example = readFileSync('.env.example', 'utf8');

describe('what is written about the environment', () => {
  it('.env.example names exactly the variables that are read', () => {
    const named = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(names);
  });

  it('.env.example explains each in a comment right above it', () => {
    const paragraphs = example.split('\n\n');
    for (const name of names) {
      const paragraph = paragraphs.find((text) => new RegExp(`^(# )?${name}=`, 'm').test(text));
      expect(paragraph, name).toMatch(/^# [A-Z]/);
    }
  });

  it('.env.example, filled in with a token and a guild, changes no default', () => {
    const least = { DISCORD_TOKEN: 'x', STAFF_GUILD_ID: '100000000000000001' };
    expect(readEnvironment({ ...parse(example), ...least })).toEqual(readEnvironment(least));
  });

  it("the README's table names exactly the variables that are read", () => {
    const firstCells = [...readFileSync('README.md', 'utf8').matchAll(/^\|([^|]*)\|/gm)].map(
      ([, cell]) => cell ?? '',
    );
    const named = firstCells.flatMap((cell) =>
      [...cell.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name),
    );
    expect(named.filter((name) => name !== 'SANDBOX_PORT').sort()).toEqual(names);
  });
});
