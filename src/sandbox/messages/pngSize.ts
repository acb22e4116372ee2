const signature = '89504e470d0a1a0a';

/** Width and height in pixels from a PNG's header; undefined where the bytes are no PNG. */
export function pngSize(bytes: Buffer): { readonly width: number; readonly height: number } | undefined {
  if (bytes.length < 24 || bytes.toString('hex', 0, 8) !== signature) return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
