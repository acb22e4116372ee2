import { container } from '@sapphire/framework';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadCommands } from '../../src/commands/_load.js';

const loadPiece = vi.fn(async (_piece: { readonly name: string }) => undefined);
const names = () => loadPiece.mock.calls.map(([{ name }]) => name);

beforeEach(() => {
  loadPiece.mockClear();
  vi.spyOn(container.stores, 'loadPiece').mockImplementation(loadPiece);
});

describe('the commands', () => {
  it('are loaded under their own names', () => {
    loadCommands();
    expect(names()).toEqual([
      'feature',
      'cohort',
      'beta',
      'rollout',
      'rollback',
      'deploy',
      'freeze',
      'smoke',
      'scorecard',
      'report',
      'feedback',
    ]);
  });

  it('are renamed or left out where the host has one of that name itself', () => {
    loadCommands({ feature: 'flag', beta: false });
    expect(names()).toEqual([
      'flag',
      'cohort',
      'rollout',
      'rollback',
      'deploy',
      'freeze',
      'smoke',
      'scorecard',
      'report',
      'feedback',
    ]);
  });
});
