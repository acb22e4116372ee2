/** The form that the bot opened. It stays open until the bot took it. */
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackComponent,
  type APITextInputComponent,
} from 'discord-api-types/v10';
import type { PageModal } from '../../pageApi.js';
import type { Draw } from './Draw.js';
import { drawMarkdown } from './markdown.js';

interface Field {
  readonly label: string;
  readonly description: string | undefined;
  readonly input: APITextInputComponent;
}

/** Text inputs come in a row with a label of their own (older) or in a label component (newer). */
function fieldsOf(component: APIModalInteractionResponseCallbackComponent): Field[] {
  if (component.type === ComponentType.ActionRow) {
    return component.components.map((input) => ({ label: input.label ?? '', description: undefined, input }));
  }
  if (component.type === ComponentType.Label && component.component.type === ComponentType.TextInput) {
    return [{ label: component.label, description: component.description, input: component.component }];
  }
  return [];
}

function drawField({ label, description, input }: Field): TemplateResult {
  const { custom_id, style, required, min_length, max_length, placeholder, value } = input;
  const isRequired = required !== false;
  return html`<label class="modal-field">
    <span>${label}${isRequired ? html`<em aria-hidden="true">*</em>` : nothing}</span>
    ${description === undefined ? nothing : html`<small>${description}</small>`}
    ${
      style === TextInputStyle.Paragraph
        ? html`<textarea
            name=${custom_id}
            rows="4"
            ?required=${isRequired}
            minlength=${min_length ?? 0}
            maxlength=${max_length ?? 4000}
            placeholder=${placeholder ?? ''}
            .defaultValue=${value ?? ''}
          ></textarea>`
        : html`<input
            type="text"
            name=${custom_id}
            autocomplete="off"
            ?required=${isRequired}
            minlength=${min_length ?? 0}
            maxlength=${max_length ?? 4000}
            placeholder=${placeholder ?? ''}
            .defaultValue=${value ?? ''}
          />`
    }
  </label>`;
}

function open(element: Element | undefined): void {
  // A dialog can be shown once it stands in the page, which is after this drawing.
  queueMicrotask(() => {
    if (element instanceof HTMLDialogElement && element.isConnected && !element.open) element.showModal();
  });
}

export function drawModal({ modal }: PageModal, draw: Draw): TemplateResult {
  const { session, state, snapshot } = draw;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = [...new FormData(event.currentTarget as HTMLFormElement)];
    void session.submit(
      Object.fromEntries(
        typed.map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
      ),
    );
  };
  return html`<dialog
    class="modal"
    aria-labelledby="modal-title"
    ${ref(open)}
    @close=${() => session.closeModal()}
  >
    <form @submit=${submit}>
      <h2 id="modal-title">${modal.title}</h2>
      <p class="modal-to">This form will be submitted to ${snapshot.bot.name}.</p>
      ${modal.components.map((component) =>
        component.type === ComponentType.TextDisplay
          ? drawMarkdown(component.content, draw)
          : fieldsOf(component).map(drawField),
      )}
      ${state.note === undefined ? nothing : html`<p class="problem" role="alert">${state.note.text}</p>`}
      <footer>
        <button type="button" class="button plain-button" @click=${() => session.closeModal()}>Cancel</button>
        <button type="submit" class="button primary">Submit</button>
      </footer>
    </form>
  </dialog>`;
}
