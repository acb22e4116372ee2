import { describe, expect, it } from 'vitest';
import { deploymentStates } from '../../../../src/lib/deployments/documents.js';
import { givesWay, isOver, mayFollow } from '../../../../src/lib/deployments/life/transitions.js';

const allowed = new Set([
  'announced deploying',
  'announced testing',
  'announced failed',
  'announced superseded',
  'deploying testing',
  'deploying failed',
  'deploying rolled-back',
  'testing watching',
  'testing failed',
  'testing rolled-back',
  'watching succeeded',
  'watching failed',
  'watching rolled-back',
  'watching superseded',
]);

describe('the states of a deployment', () => {
  it.each(deploymentStates.flatMap((from) => deploymentStates.map((to) => [from, to] as const)))(
    '%s → %s is as the table says',
    (from, to) => {
      expect(mayFollow(from, to)).toBe(from === to || allowed.has(`${from} ${to}`));
    },
  );

  it('has four ends', () => {
    expect(deploymentStates.filter(isOver)).toEqual(['succeeded', 'failed', 'rolled-back', 'superseded']);
  });

  it('gives way to another version only where nothing is being deployed at the moment', () => {
    expect(deploymentStates.filter(givesWay)).toEqual(['announced', 'watching']);
  });
});
