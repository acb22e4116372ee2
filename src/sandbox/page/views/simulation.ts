/** The knobs: how fast time goes, who uses the bot, and what is wrong with the new greeting. */
import { html, nothing, type TemplateResult } from 'lit';
import type { KnobChange } from '../../simulation/knobChange.js';
import type { Ratings, SimulationView } from '../../simulation/Knobs.js';
import type { Draw } from './Draw.js';

type Choices<Value> = readonly (readonly [Value, string])[];

const speeds: Choices<number> = [
  [1, 'as usual'],
  [10, '10 times as fast'],
  [60, '60 times: a minute is an hour'],
  [600, '600 times: a minute is 10 hours'],
  [3_600, '3,600 times: a second is an hour'],
];
const crowds: Choices<number> = [
  [0, 'nobody'],
  [10, '10 commands a second'],
  [50, '50 commands a second'],
  [200, '200 commands a second'],
  [400, '400 commands a second'],
];
const factors = [1, 1.2, 1.5, 2, 3, 5, 10];
const rates: Choices<number> = factors.map((factor) => [
  factor,
  factor === 1 ? 'as often as the old one' : `${factor} times as often as the old one`,
]);
const durations: Choices<number> = factors.map((factor) => [
  factor,
  factor === 1 ? 'as long as the old one' : `${factor} times as long as the old one`,
]);
const moods: Choices<Ratings> = [
  ['none', 'nothing'],
  ['pleased', 'many stars'],
  ['displeased', 'few stars'],
];
const allWell: KnobChange = {
  ...{ errors: 1, slowness: 1, alwaysFails: false, guild: null, outage: false },
  ...{ reports: false, ratings: 'none' },
};

/** A list to choose from. A value that is not among the choices is shown as it is. */
function choose<Value extends string | number | null>(
  label: string,
  value: Value,
  choices: Choices<Value>,
  turn: (value: Value) => void,
): TemplateResult {
  const all = choices.some(([one]) => one === value)
    ? choices
    : [...choices, [value, String(value)] as const];
  const changed = (event: Event): void => {
    const picked = all[(event.currentTarget as HTMLSelectElement).selectedIndex];
    if (picked) turn(picked[0]);
  };
  return html`<label class="knob"
    ><span>${label}</span>
    <select aria-label=${label} @change=${changed}>
      ${all.map(([one, words]) => html`<option .selected=${one === value}>${words}</option>`)}
    </select>
  </label>`;
}

function tick(label: string, isOn: boolean, turn: (isOn: boolean) => void): TemplateResult {
  return html`<label class="knob tick">
    <input
      type="checkbox"
      .checked=${isOn}
      @change=${(event: Event) => turn((event.currentTarget as HTMLInputElement).checked)}
    />
    <span>${label}</span>
  </label>`;
}

/** Domain time in words. */
export function domainTime({ domainNowMs, locale }: Draw): string {
  const format = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  return new Intl.DateTimeFormat(locale, format).format(domainNowMs);
}

function figures({ figures: counts }: SimulationView, { locale }: Draw): TemplateResult {
  const rows = [
    ['commands', counts.commands],
    ['met the new greeting', counts.newGreetings],
    ['failed', counts.failures],
    ['not answered', counts.unanswered],
    ['reports', counts.reports],
    ['ratings', counts.ratings],
  ] as const;
  return html`<dl class="figures">
    ${rows.map(
      ([name, count]) =>
        html`<dt>${name}</dt>
          <dd>${count.toLocaleString(locale)}</dd>`,
    )}
  </dl>`;
}

export function drawSimulation(draw: Draw): TemplateResult | typeof nothing {
  const { simulation, guilds } = draw.snapshot;
  if (simulation === null || !draw.state.isSimulationOpen) return nothing;
  const { knobs } = simulation;
  const turn = (change: KnobChange): void => void draw.session.turn(change);
  const places: Choices<string | null> = [
    [null, 'everywhere'],
    ...guilds.map(({ id, name }) => [id, `only in ${name}`] as const),
  ];
  return html`<aside class="simulation" aria-label="Simulation">
    <header>
      <h2>Simulation</h2>
      <button type="button" class="plain" @click=${() => draw.session.showSimulation(false)}>Close</button>
    </header>
    <p class="now"><small>For the bot it is</small><br />${domainTime(draw)}</p>
    ${choose('Time goes', knobs.speed, speeds, (speed) => turn({ speed }))}
    ${choose('Simulated members type', knobs.traffic, crowds, (traffic) => turn({ traffic }))}
    ${figures(simulation, draw)}
    <fieldset>
      <legend>The new greeting</legend>
      ${choose('It fails', knobs.errors, rates, (errors) => turn({ errors }))}
      ${choose('It takes', knobs.slowness, durations, (slowness) => turn({ slowness }))}
      ${choose('That is so', knobs.guild, places, (guild) => turn({ guild }))}
      ${tick('It fails every time', knobs.alwaysFails, (alwaysFails) => turn({ alwaysFails }))}
      ${tick('Members report it', knobs.reports, (reports) => turn({ reports }))}
      ${choose('They give it', knobs.ratings, moods, (ratings) => turn({ ratings }))}
    </fieldset>
    <fieldset>
      <legend>Everything</legend>
      ${tick('An outage: every /hello fails', knobs.outage, (outage) => turn({ outage }))}
    </fieldset>
    <button type="button" class="button secondary" @click=${() => turn(allWell)}>All well again</button>
    <p class="hint">
      /hello greets the new way where the flag <code>new_greeting</code> is on. Simulated members type in
      #simulated-traffic of each guild; one in a hundred of their commands fails anyway.
    </p>
  </aside>`;
}

/** In the channel's header: opens the knobs, and says how late it is where time runs fast. */
export function drawSimulationButton(draw: Draw): TemplateResult | typeof nothing {
  const { simulation } = draw.snapshot;
  if (simulation === null) return nothing;
  const { speed, traffic } = simulation.knobs;
  const isBusy = speed !== 1 || traffic > 0;
  const isOpen = draw.state.isSimulationOpen;
  return html`<button
    type="button"
    class="simulation-button ${isBusy ? 'busy' : ''}"
    aria-pressed=${isOpen ? 'true' : 'false'}
    title="How fast time goes, who uses the bot, and what is wrong with it"
    @click=${() => draw.session.showSimulation(!isOpen)}
  >
    ${speed === 1 ? 'Simulation' : `${domainTime(draw)} · ${speed.toLocaleString(draw.locale)}×`}
  </button>`;
}
