/** Shapes that several of Discord's bodies share. */
import { z } from 'zod';

export const snowflake = z.string().regex(/^\d{15,21}$/, 'Not a snowflake.');

/** `text` of `min`–`max` characters, counted as Discord counts: code points. */
export const text = (min: number, max: number) =>
  z.string().superRefine((value, context) => {
    const length = [...value].length;
    if (length > max) {
      context.addIssue({ code: 'too_big', origin: 'string', maximum: max, inclusive: true, input: value });
    } else if (length < min) {
      context.addIssue({ code: 'too_small', origin: 'string', minimum: min, inclusive: true, input: value });
    }
  });

export const url = z.string().regex(/^(https?|discord|attachment):\/\/\S+$/, 'Not a well formed URL.');

export const emoji = z.strictObject({
  id: snowflake.nullish(),
  name: z.string().nullish(),
  animated: z.boolean().nullish(),
});

/** A rule over several fields, reported at `path` with Discord's code for it. */
export function problem(
  context: z.RefinementCtx,
  path: (string | number)[],
  code: string,
  message: string,
): void {
  context.addIssue({ code: 'custom', path, message, params: { code } });
}
