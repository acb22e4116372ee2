import { container } from '@sapphire/framework';
import { FeatureEnabled } from './FeatureEnabled.js';
import { GuildManager } from './GuildManager.js';
import { RolloutAdmin } from './RolloutAdmin.js';
import { RolloutStaff } from './RolloutStaff.js';

export function loadPreconditions(): void {
  const store = 'preconditions';
  void container.stores.loadPiece({ name: 'FeatureEnabled', piece: FeatureEnabled, store });
  void container.stores.loadPiece({ name: 'RolloutAdmin', piece: RolloutAdmin, store });
  void container.stores.loadPiece({ name: 'RolloutStaff', piece: RolloutStaff, store });
  void container.stores.loadPiece({ name: 'GuildManager', piece: GuildManager, store });
}
