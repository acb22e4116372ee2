import { container } from '@sapphire/framework';
import { HelloCommand } from './HelloCommand.js';

export function loadDemoPieces(): void {
  void container.stores.loadPiece({ store: 'commands', name: 'hello', piece: HelloCommand });
}
