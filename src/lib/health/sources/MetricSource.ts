/**
 * The port for metrics that this bot cannot see itself: a database's errors, an API's answers, a queue's length.
 * What such a system says is evidence or no evidence; its silence is never taken for health.
 */
import type { Tick } from '../judging/ticks.js';

/**
 * Real time, ms since epoch: other systems know no other. Ask for spans that ended a minute ago or longer, since what is
 * measured takes a while to arrive there.
 */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Why a source said nothing that can be used. */
export type NoData = { readonly kind: 'no data'; readonly why: string };

/** Counts of both arms over a span, each a number of independent units: a tick as the judge takes it in. */
export type ArmsReading = { readonly kind: 'arms'; readonly tick: Tick } | NoData;

/** One number that needs no comparison: the length of a queue, a share of errors. */
export type ValueReading = { readonly kind: 'value'; readonly value: number } | NoData;

/** `bad` and `exposure` count within the span; each is asked once an arm. */
export interface ArmsQuery {
  readonly bad: string;
  readonly exposure: string;
}

/** How a source is asked; the queries are in the source's own language. Neither method ever rejects: what fails is no data. */
export interface MetricSource {
  readonly name: string;
  readArms(query: ArmsQuery, flag: string, span: Span): Promise<ArmsReading>;
  readValue(query: string, flag: string, span: Span): Promise<ValueReading>;
}
