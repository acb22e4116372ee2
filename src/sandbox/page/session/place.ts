/** The address says who looks and where: `#/admin/1234`. So links, the back button and a reload work. */

export interface Place {
  readonly user: string;
  readonly channelId: string | undefined;
}

export function placeOf(hash: string, fallbackUser: string): Place {
  const [, user, channelId] = hash.split('/');
  return { user: user ? decodeURIComponent(user) : fallbackUser, channelId: channelId || undefined };
}

export function hashOf(user: string, channelId: string | undefined): string {
  return `#/${encodeURIComponent(user)}${channelId === undefined ? '' : `/${channelId}`}`;
}
