/** A JSON object on its way out. The contract test checks it against Discord's own description, field by field. */
export type Wire = Record<string, unknown>;
