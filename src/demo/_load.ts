import { container } from '@sapphire/framework';
import { Greeting } from './Greeting.js';
import { HelloCommand } from './HelloCommand.js';

export function loadDemoPieces(greeting = new Greeting()): void {
  container.greeting = greeting;
  void container.stores.loadPiece({ store: 'commands', name: 'hello', piece: HelloCommand });
}
