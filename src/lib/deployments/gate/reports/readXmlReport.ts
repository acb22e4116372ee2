import { Cobertura } from './cobertura.js';
import { JUnit } from './junit.js';
import { BadReport, type Report } from './Report.js';
import { readXml, type XmlReport } from './xml.js';

/** JUnit or Cobertura, told apart by the root element. @throws BadReport */
export function readXmlReport(text: string): Report {
  let reading: XmlReport | undefined;
  readXml(text, {
    open: (element, within) => {
      reading ??= readerOf(element.name);
      reading.open(element, within);
    },
    close: (name) => reading?.close?.(name),
  });
  if (reading === undefined) throw new BadReport('is empty');
  return reading.report();
}

function readerOf(root: string): XmlReport {
  if (root === 'testsuites' || root === 'testsuite') return new JUnit();
  if (root === 'coverage') return new Cobertura();
  throw new BadReport(`is neither JUnit nor Cobertura: it begins with <${root.slice(0, 40)}>`);
}
