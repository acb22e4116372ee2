import { container } from '@sapphire/framework';
import { BetaApproveButton } from './betaApprove.js';
import { BetaDeclineButton } from './betaDecline.js';
import { BetaDeclineForm } from './betaDeclineForm.js';
import { BetaJoinButton } from './betaJoin.js';
import { ConfirmationButtons } from './confirmation.js';
import { PageButtons } from './pages.js';
import { UndoButton } from './undo.js';

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
