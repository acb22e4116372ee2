/** Both services, and the old one's interface over the new one for callers that have not moved yet. */
import { createLegacyAdapter } from 'sapphire-plugin-rollouts';
import { NewGreetings } from './NewGreetings.js';
import { OldGreetings } from './OldGreetings.js';

export const oldGreetings = new OldGreetings();
export const newGreetings = new NewGreetings();

export const legacyGreetings = createLegacyAdapter(newGreetings, {
  name: 'Greetings',
  since: '1.4.0',
  removeIn: '2.0.0',
  renamed: {
    sayHello: 'greet',
    shout: (service, name: string) => service.greet(name, { isLoud: true }),
  },
  removed: { flush: 'Drop the call: nothing is kept back any more.' },
});
