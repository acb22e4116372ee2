/** What may be a version, an environment, a link: what is written on cards and carried in the names of documents. */
import type { Announcement } from '../DeploymentsRoom.js';
import { BadAnnouncement } from './errors.js';

export const defaultEnvironment = 'production';

const versionShape = /^[\w.+:@/-]{1,64}$/;
const environmentShape = /^[a-z0-9][a-z0-9._-]{0,31}$/;
const longestSummary = 1_000;
const longestLink = 500;

/** @throws BadAnnouncement */
export function checkVersion(version: string): string {
  if (versionShape.test(version)) return version;
  throw new BadAnnouncement(`"${version.slice(0, 64)}" cannot be a version.`, {
    next: 'Use 1 to 64 letters, digits and . _ + : @ / -, for example 1.4.0 or a commit.',
  });
}

/** @throws BadAnnouncement */
export function checkEnvironment(environment: string): string {
  if (environmentShape.test(environment)) return environment;
  throw new BadAnnouncement(`"${environment.slice(0, 32)}" cannot be an environment.`, {
    next: 'Use 1 to 32 of a–z, 0–9, . _ and -, for example production or staging.',
  });
}

/** @throws BadAnnouncement */
export function checkAnnouncement({ version, environment, summary, link }: Announcement): void {
  checkVersion(version);
  checkEnvironment(environment ?? defaultEnvironment);
  if (summary !== undefined && summary.length > longestSummary) {
    throw new BadAnnouncement(
      `The summary has ${summary.length} characters; ${longestSummary} is the most.`,
      {
        next: 'Say it shorter, and link to the long version.',
      },
    );
  }
  if (link !== undefined) checkLink(link);
}

/** @throws BadAnnouncement */
export function checkLink(link: string): string {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (link.length <= longestLink && (url?.protocol === 'https:' || url?.protocol === 'http:')) return link;
  throw new BadAnnouncement('The link is no address of a page.', {
    next: `Give one that begins with https:// and has at most ${longestLink} characters, or none.`,
  });
}
