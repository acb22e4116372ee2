import { plain } from '../../core/Json.js';
import type { DocumentBody } from '../Store.js';

/** Plain data as it is written: without what is undefined, and without the version, which is the store's to add. */
export function bodyOf(document: object): DocumentBody {
  const { v: _, ...body } = plain(document) as DocumentBody & { readonly v?: number };
  return body;
}
