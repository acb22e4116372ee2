/** XML as a stream: nothing is kept but what the listener keeps, and no entity of the file's own is ever read. */
import { SaxesParser } from 'saxes';
import { BadReport, type Report } from './Report.js';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
}

export interface XmlListener {
  /** @param within names of the elements that it stands in, from the root */
  open(element: Element, within: readonly string[]): void;
  close?(name: string): void;
}

/** Collects a report while its XML goes by. */
export interface XmlReport extends XmlListener {
  /** @throws BadReport */
  report(): Report;
}

const deepest = 200;

/**
 * @param text whole file
 * @throws BadReport where it is not well-formed, declares a document type of its own, or is nested too deeply
 */
export function readXml(text: string, listener: XmlListener): void {
  const parser = new SaxesParser({ position: true, xmlns: false });
  const within: string[] = [];
  parser.on('error', ({ message }) => {
    throw new BadReport(`is no well-formed XML (${message.replace(/\.$/, '')})`);
  });
  // What Cobertura's tools write names a DTD and no more; it is not fetched. Declarations are where bombs and thefts begin.
  parser.on('doctype', (declared) => {
    if (declared.includes('[')) throw new BadReport('declares entities of its own, which no report needs');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (within.length >= deepest) throw new BadReport(`is nested deeper than ${deepest} elements`);
    listener.open({ name: localName(name), attributes }, within);
    within.push(localName(name));
  });
  parser.on('closetag', ({ name }) => {
    within.pop();
    listener.close?.(localName(name));
  });
  parser.write(text).close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** A count in an attribute; undefined where there is none. @throws BadReport where it is no number */
export function countIn({ name, attributes }: Element, attribute: string): number | undefined {
  const text = attributes[attribute];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0)
    throw new BadReport(`has ${attribute}="${text.slice(0, 40)}" in <${name}>, which is no number`);
  return value;
}
