/** Python source as text, or the reason why it cannot be analysed. */
export type DecodedSource =
  | { readonly ok: true; readonly text: string; readonly hasBom: boolean }
  | { readonly ok: false; readonly reason: string };

/** Largest file that is analysed, in bytes (DESIGN.md §5: parsing stays under a second). */
export const MAX_SOURCE_BYTES = 1_000_000;

// PEP 263: the declaration stands in one of the first two lines.
const CODING_COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const UTF8_NAMES = new Set(["utf-8", "utf8", "utf-8-sig", "utf_8", "u8", "ascii", "us-ascii"]);

/**
 * Decodes the bytes of a Python file. A byte order mark is removed (and remembered); line ends are kept.
 * Anything that is not UTF-8 text of at most `MAX_SOURCE_BYTES` is refused with a sentence for the reader.
 */
export function decodeSource(bytes: Uint8Array): DecodedSource {
  if (bytes.byteLength > MAX_SOURCE_BYTES) {
    const size = (bytes.byteLength / 1_000_000).toFixed(1);
    return { ok: false, reason: `the file has ${size} MB; files over 1 MB are not analysed` };
  }
  if (bytes.includes(0))
    return { ok: false, reason: "the file contains NUL bytes, so it is not Python source" };
  const cookie = declaredEncoding(bytes);
  if (cookie !== null && !UTF8_NAMES.has(cookie.toLowerCase())) {
    return { ok: false, reason: `the file declares the encoding ${cookie}; only UTF-8 is analysed` };
  }
  return decodeUtf8(bytes);
}

/** Largest notebook that is analysed, in bytes; most of it are outputs, which are only skipped. */
const MAX_NOTEBOOK_BYTES = 10_000_000;

/** Decodes the bytes of a notebook, which is always UTF-8. */
export function decodeNotebook(bytes: Uint8Array): DecodedSource {
  if (bytes.byteLength > MAX_NOTEBOOK_BYTES) {
    const size = (bytes.byteLength / 1_000_000).toFixed(1);
    return { ok: false, reason: `the notebook has ${size} MB; notebooks over 10 MB are not analysed` };
  }
  return decodeUtf8(bytes);
}

function decodeUtf8(bytes: Uint8Array): DecodedSource {
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), hasBom };
  } catch {
    return { ok: false, reason: "the file is not valid UTF-8" };
  }
}

/** The encoding that the first two lines of a source declare, in their own spelling. */
export function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1024))
    .toString("latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "");
  const [first = "", second = ""] = head.split(/\r\n|\r|\n/, 2);
  const match =
    CODING_COOKIE.exec(first) ?? (/^[ \t\f]*(#|$)/.test(first) ? CODING_COOKIE.exec(second) : null);
  return match?.[1] ?? null;
}
