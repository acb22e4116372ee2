/** Checks a body against a zod schema and says what is wrong in Discord's words. */
import type { z } from 'zod';
import { invalidForm, type FieldError } from '../rest/ApiError.js';

/** Throws Discord's 50035, naming every field that breaks the schema. */
export function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  under: readonly (string | number)[] = [],
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidForm(result.error.issues.flatMap((issue) => toFieldErrors(issue, under)));
}

type Issue = z.core.$ZodIssue;

function toFieldErrors(issue: Issue, under: readonly (string | number)[]): FieldError[] {
  const path = [...under, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        code: 'UNKNOWN_FIELD',
        message: `The sandbox knows no field "${key}" here; Discord would drop it silently.`,
      }));
    case 'too_big':
      return [{ path, ...tooBig(issue.origin, issue.maximum) }];
    case 'too_small':
      return [{ path, ...tooSmall(issue.origin, issue.minimum) }];
    case 'invalid_union':
      return [
        {
          path,
          code: 'UNION_TYPE_CHOICES',
          message: `Value of this field is of no allowed kind: ${issue.message}`,
        },
      ];
    case 'custom': {
      const code: unknown = issue.params?.['code'];
      return [
        { path, code: typeof code === 'string' ? code : 'BASE_TYPE_BAD_VALUE', message: issue.message },
      ];
    }
    case 'invalid_type':
      return [
        issue.message.endsWith('received undefined')
          ? { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
          : { path, code: 'BASE_TYPE_BAD_TYPE', message: issue.message },
      ];
    case 'invalid_format':
      return [
        {
          path,
          code: 'STRING_TYPE_REGEX',
          message: `String value did not match validation regex. ${issue.message}`,
        },
      ];
    default:
      return [{ path, code: 'BASE_TYPE_CHOICES', message: issue.message }];
  }
}

function tooBig(origin: string, maximum: number | bigint): { code: string; message: string } {
  if (origin === 'string')
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer in length.` };
  if (origin === 'array')
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer in length.` };
  return { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${maximum}.` };
}

function tooSmall(origin: string, minimum: number | bigint): { code: string; message: string } {
  if (origin === 'number') {
    return { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${minimum}.` };
  }
  if (minimum === 1) return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${minimum} or more in length.` };
}
