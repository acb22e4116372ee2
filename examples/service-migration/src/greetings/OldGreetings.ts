/** The service as it always was: untouched until nobody needs it. */
export class OldGreetings {
  public async sayHello(name: string): Promise<string> {
    return `Hello, ${name}.`;
  }
}
