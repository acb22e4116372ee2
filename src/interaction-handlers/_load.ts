import { container } from '@sapphire/framework';
import { BetaApproveButton } from './BetaApproveButton.js';
import { BetaDeclineButton } from './BetaDeclineButton.js';
import { BetaDeclineForm } from './BetaDeclineForm.js';
import { BetaJoinButton } from './BetaJoinButton.js';
import { ConfirmationButtons } from './ConfirmationButtons.js';
import { PageButtons } from './PageButtons.js';
import { UndoButton } from './UndoButton.js';

export function loadInteractionHandlers(): void {
  const store = 'interaction-handlers';
  void container.stores.loadPiece({ name: 'RolloutsBetaApproveButton', piece: BetaApproveButton, store });
  void container.stores.loadPiece({ name: 'RolloutsBetaDeclineButton', piece: BetaDeclineButton, store });
  void container.stores.loadPiece({ name: 'RolloutsBetaDeclineForm', piece: BetaDeclineForm, store });
  void container.stores.loadPiece({ name: 'RolloutsBetaJoinButton', piece: BetaJoinButton, store });
  void container.stores.loadPiece({ name: 'RolloutsConfirmationButtons', piece: ConfirmationButtons, store });
  void container.stores.loadPiece({ name: 'RolloutsPageButtons', piece: PageButtons, store });
  void container.stores.loadPiece({ name: 'RolloutsUndoButton', piece: UndoButton, store });
}
