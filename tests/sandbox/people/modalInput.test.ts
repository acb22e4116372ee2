import { ComponentType, type APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { fillModal } from '../../../src/sandbox/people/modalInput.js';

const select = {
  type: ComponentType.StringSelect,
  custom_id: 'trigger',
  options: [
    { label: 'security', value: 'security' },
    { label: 'other', value: 'other', default: true },
  ],
};
const modal = (component: object) =>
  ({
    custom_id: 'x',
    title: 'Why?',
    components: [{ type: ComponentType.Label, label: 'Trigger', component }],
  }) as unknown as APIModalInteractionResponseCallbackData;
const chosen = (component: object, values: Readonly<Record<string, string>>) =>
  (fillModal(modal(component), values)['components'] as readonly { component: { values: unknown } }[])[0]
    ?.component.values;

describe('a select in a form', () => {
  it('is sent as it stands where nobody chose, and as chosen where somebody did', () => {
    expect(chosen(select, {})).toEqual(['other']);
    expect(chosen(select, { Trigger: 'security' })).toEqual(['security']);
  });

  it('that must be chosen and was not is refused, as by Discord', () => {
    expect(() => chosen({ ...select, options: [{ label: 'a', value: 'a' }] }, {})).toThrow('is required');
  });
});
