import { expect, it } from 'vitest';
import { bodyOf } from '../../../../src/lib/state/committing/bodyOf.js';

it('a document is written without its version and without what is undefined, however deep', () => {
  const document = { v: 7, schema: 1, name: 'a', gone: undefined, parts: [{ n: 1, gone: undefined }] };
  const body = bodyOf(document);
  expect(Object.keys(body)).toEqual(['schema', 'name', 'parts']);
  expect(body).toStrictEqual({ schema: 1, name: 'a', parts: [{ n: 1 }] });
});

it('what is written is a copy', () => {
  const document = { v: 7, schema: 1, parts: [1] };
  const body = bodyOf(document);
  document.parts.push(2);
  expect(body['parts']).toEqual([1]);
});
