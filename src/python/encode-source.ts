import { declaredEncoding } from "./decode-source.ts";

const ASCII_NAMES = new Set(["ascii", "us-ascii"]);
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/**
 * The bytes of Python source, the counterpart of `decodeSource`: what was decoded becomes the same bytes again. Null
 * when the encoding that the source declares (PEP 263) has no bytes for the text.
 */
export function encodeSource(text: string, hasBom: boolean): Uint8Array | null {
  if (/\p{Surrogate}/u.test(text)) return null;
  const bytes = new TextEncoder().encode(text);
  const encoding = declaredEncoding(bytes)?.toLowerCase();
  if (encoding !== undefined && ASCII_NAMES.has(encoding) && bytes.some((byte) => byte > 0x7f)) return null;
  return hasBom ? Buffer.concat([BYTE_ORDER_MARK, bytes]) : bytes;
}
