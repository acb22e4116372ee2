/** How many of what, for people: `1 guild`, `2 guilds`, `10,000 guilds`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? one : many}`;
}
