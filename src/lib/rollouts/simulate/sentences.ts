/** A simulation in plain words. */
import { count } from '../../core/count.js';
import type { HarmfulOutcome, HarmlessOutcome, Simulation, TrafficBasis } from './Simulation.js';
import { about, percent, span, times } from './wording.js';

export function sentencesOf({
  basis,
  harmless,
  harms,
  phases,
}: Pick<Simulation, 'basis' | 'harmless' | 'harms' | 'phases'>): readonly string[] {
  const held = phases.filter((phase) => phase.held >= 0.5);
  return [
    basisSentence(basis),
    harmlessSentence(harmless),
    ...harms.map(harmSentence),
    ...held.map(({ name }) => `${name} would be held past its time: too few guilds or commands.`),
    missedSentence(harmless),
  ];
}

export function harmlessSentence({ rolledBack, paused, runs }: HarmlessOutcome): string {
  return `With nothing wrong, ${percent(rolledBack)} of ${runs} tries rolled back and ${percent(paused)} paused.`;
}

export function missedSentence({ couldHaveMissed }: HarmlessOutcome): string {
  return couldHaveMissed === null
    ? 'At its end the plan could not have excluded any rise of errors below 20x.'
    : `At its end the plan could have missed a rise of errors to ${times(couldHaveMissed)}.`;
}

export function basisSentence(basis: TrafficBasis): string {
  const size = `${count(basis.guilds, 'guild')} and ${count(Math.round(basis.runsPerDay), 'command')} a day`;
  return basis.from === 'recorded'
    ? `Tried on this bot's own traffic of the last ${count(basis.days, 'day')}: ${size}.`
    : `Tried on invented traffic (${size}), because ${basis.why}.`;
}

export function harmSentence({ metric, factor, found, foundByPause, hours, phases }: HarmfulOutcome): string {
  const what = metric === 'errors' ? `Errors ${times(factor)}` : `Commands ${times(factor)} as slow`;
  if (hours === null) return `${what}: never found.`;
  const harmed = phases.reduce((sum, { guildsHarmed }) => Math.max(sum, guildsHarmed), 0);
  const how = foundByPause >= 0.5 ? 'and paused' : 'and rolled back';
  return `${what}: found in ${percent(found)} of tries ${how}, half of them within ${span(hours.median)}, after about ${about(harmed, 'guild')} saw harm.`;
}
