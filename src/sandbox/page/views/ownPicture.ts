/** Only pictures that the sandbox itself serves are shown: the page asks nothing from the network outside. */
export function ownPicture(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  return new URL(url, location.href).origin === location.origin ? url : undefined;
}
