/** The form that the bot opened. It stays open until the bot took it. */
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackComponent,
  type APISelectMenuComponent,
  type APITextInputComponent,
} from 'discord-api-types/v10';
import type { PageModal } from '../../pageApi.js';
import type { Draw } from './Draw.js';
import { drawMarkdown } from './markdown.js';
import { choicesOfSelect } from './selectChoices.js';

interface Field {
  readonly label: string;
  readonly description: string | undefined;
  readonly input: APITextInputComponent | APISelectMenuComponent;
}

/** Text inputs come in a row with a label of their own (older) or in a label component (newer). */
function fieldsOf(component: APIModalInteractionResponseCallbackComponent): Field[] {
  if (component.type === ComponentType.ActionRow) {
    return component.components.map((input) => ({ label: input.label ?? '', description: undefined, input }));
  }
  if (component.type !== ComponentType.Label) return [];
  const { label, description, component: input } = component;
  return input.type === ComponentType.TextInput || isSelect(input) ? [{ label, description, input }] : [];
}

const selects: ReadonlySet<ComponentType> = new Set([
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
]);

const isSelect = (input: { readonly type: ComponentType }): input is APISelectMenuComponent =>
  selects.has(input.type);

function drawField(field: Field, draw: Draw): TemplateResult {
  const { label, description, input } = field;
  const isRequired = input.required !== false;
  return html`<label class="modal-field">
    <span>${label}${isRequired ? html`<em aria-hidden="true">*</em>` : nothing}</span>
    ${description === undefined ? nothing : html`<small>${description}</small>`}
    ${input.type === ComponentType.TextInput ? drawText(input, isRequired) : drawSelect(input, isRequired, draw)}
  </label>`;
}

function drawText(
  { custom_id, style, min_length, max_length, placeholder, value }: APITextInputComponent,
  isRequired: boolean,
): TemplateResult {
  return style === TextInputStyle.Paragraph
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
      />`;
}

/** One choice: the forms of the bot ask for no more. */
function drawSelect(select: APISelectMenuComponent, isRequired: boolean, draw: Draw): TemplateResult {
  return html`<select name=${select.custom_id} ?required=${isRequired}>
    ${isRequired ? nothing : html`<option value=""></option>`}
    ${choicesOfSelect(select, draw).map(
      ({ value, label, isChosen = false }) =>
        html`<option value=${value} ?selected=${isChosen}>${label}</option>`,
    )}
  </select>`;
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
          : fieldsOf(component).map((field) => drawField(field, draw)),
      )}
      ${state.note === undefined ? nothing : html`<p class="problem" role="alert">${state.note.text}</p>`}
      <footer>
        <button type="button" class="button plain-button" @click=${() => session.closeModal()}>Cancel</button>
        <button type="submit" class="button primary">Submit</button>
      </footer>
    </form>
  </dialog>`;
}
