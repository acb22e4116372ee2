export interface GreetingOptions {
  readonly isLoud?: boolean;
}

/** The service that takes its place. It has a fault, so that there is something to see: long names break it. */
export class NewGreetings {
  readonly #longest = 32;

  public async greet(name: string, { isLoud = false }: GreetingOptions = {}): Promise<string> {
    if (name.length > this.#longest) throw new RangeError(`A name of ${name.length} characters is too long.`);
    const greeting = `Hi, ${name}!`;
    return isLoud ? greeting.toUpperCase() : greeting;
  }
}
