/** Path of the program. Rejects, saying why, where it cannot be had. */
export function pm2ForTests(): Promise<string>;
