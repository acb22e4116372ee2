import { container } from '@sapphire/framework';
import { BetaApproveButton } from './BetaApproveButton.js';
import { BetaDeclineButton } from './BetaDeclineButton.js';
import { BetaDeclineForm } from './BetaDeclineForm.js';
import { BetaJoinButton } from './BetaJoinButton.js';
import { ConfirmationButtons } from './ConfirmationButtons.js';
import { FreezeOverrideButton } from './FreezeOverrideButton.js';
import { FreezeOverrideForm } from './FreezeOverrideForm.js';
import { OnItButton } from './OnItButton.js';
import { PageButtons } from './PageButtons.js';
import { ReadFeedbackButton } from './ReadFeedbackButton.js';
import { RecoveryButtons } from './RecoveryButtons.js';
import { RecoveryQuestionButtons } from './RecoveryQuestionButtons.js';
import { ReportForm } from './ReportForm.js';
import { RollbackAskButton } from './RollbackAskButton.js';
import { RollbackButtons } from './RollbackButtons.js';
import { RollbackQuestionButtons } from './RollbackQuestionButtons.js';
import { RollbackReasonForm } from './RollbackReasonForm.js';
import { RolloutButtons } from './RolloutButtons.js';
import { RolloutDeclineButton } from './RolloutDeclineButton.js';
import { RolloutDeclineForm } from './RolloutDeclineForm.js';
import { RolloutQuestionButtons } from './RolloutQuestionButtons.js';
import { UndoButton } from './UndoButton.js';

const pieces = {
  BetaApproveButton,
  BetaDeclineButton,
  BetaDeclineForm,
  BetaJoinButton,
  ConfirmationButtons,
  FreezeOverrideButton,
  FreezeOverrideForm,
  OnItButton,
  PageButtons,
  ReadFeedbackButton,
  RecoveryButtons,
  RecoveryQuestionButtons,
  ReportForm,
  RollbackAskButton,
  RollbackButtons,
  RollbackQuestionButtons,
  RollbackReasonForm,
  RolloutButtons,
  RolloutDeclineButton,
  RolloutDeclineForm,
  RolloutQuestionButtons,
  UndoButton,
} as const;

export function loadInteractionHandlers(): void {
  for (const [name, piece] of Object.entries(pieces))
    void container.stores.loadPiece({ name: `Rollouts${name}`, piece, store: 'interaction-handlers' });
}
