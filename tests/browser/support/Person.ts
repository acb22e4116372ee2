/** Somebody in front of the page: types, presses, reads. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

/** Nothing in the page takes longer than the three seconds that a bot has to answer. */
const patienceMs = 6_000;

export class Person {
  /** Addresses that the page asked for. */
  public readonly asked: string[] = [];
  /** What went wrong in the page itself. */
  public readonly failures: string[] = [];

  private constructor(
    public readonly page: Page,
    private readonly context: BrowserContext,
  ) {
    page.on('request', (request) => this.asked.push(request.url()));
    page.on('pageerror', (error) => this.failures.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.failures.push(message.text());
    });
  }

  /** @param address the sandbox's; @param place `user/channelId` */
  public static async open(browser: Browser, address: string, place: string): Promise<Person> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(patienceMs);
    const person = new Person(await context.newPage(), context);
    await person.page.goto(`${address}/#/${place}`);
    await person.input.waitFor();
    return person;
  }

  public get input(): Locator {
    return this.page.getByRole('combobox', { name: 'Message or command' });
  }

  /** The list above the input. */
  public get suggestions(): Locator {
    return this.page.locator('.suggestion');
  }

  public get activeSuggestion(): Locator {
    return this.page.locator('.suggestion.active');
  }

  public get messages(): Locator {
    return this.page.locator('discord-message');
  }

  public message(text: string): Locator {
    return this.messages.filter({ hasText: text });
  }

  /** Types into whatever has the focus. */
  public async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  public async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Sends a command that stands complete in one line. */
  public async send(line: string): Promise<void> {
    await this.input.fill(line);
    await this.press('Enter');
  }

  public async leave(): Promise<void> {
    await this.context.close();
  }
}
