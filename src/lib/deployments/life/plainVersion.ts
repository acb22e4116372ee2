/**
 * `v1.4.0` and `refs/tags/v1.4.0` are 1.4.0: the gate of a tag has to stand in the way of the version, whoever names it how.
 */
export const plainVersion = (version: string): string =>
  version
    .trim()
    .replace(/^refs\/(?:tags|heads)\//, '')
    .replace(/^v(?=\d)/, '');
