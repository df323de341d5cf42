/** A code span that shows any text literally, whatever back-ticks it contains; line ends become spaces. */
export function codeSpan(text: string): string {
  const flat = visible(text.replace(/[\r\n]+/g, " "));
  const fence = "`".repeat(longestRun(flat, "`") + 1);
  const padding = flat.startsWith("`") || flat.endsWith("`") || /^ .* $/.test(flat) ? " " : "";
  return flat.trim() === "" ? "` `" : `${fence}${padding}${flat}${padding}${fence}`;
}

/** A fenced block whose fence is longer than any run of back-ticks in it; every line of the text is kept as it is. */
export function codeBlock(info: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text, "`") + 1));
  return `${fence}${info}\n${text === "" ? "" : `${text}\n`}${fence}`;
}

/**
 * Text of ours that quotes code in back-ticks: the quoted parts become safe code spans, everything else is
 * escaped, so that nothing from the repository becomes a mention, a link or HTML.
 */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (/^`[^`]*`$/.test(part) ? codeSpan(part.slice(1, -1)) : escapeMarkdown(part)))
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "`": "&#96;",
  "@": "&#64;",
  "#": "&#35;",
};

/** Escapes what Markdown or GitHub would interpret. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\*_{}[\]()~|!&<>`@#]/g, (character) => ENTITIES[character] ?? `\\${character}`)
    .replace(/\b(https?|ftp|mailto):/gi, "$1&#58;")
    .replace(/\bwww\./gi, "www&#46;");
}

/** Cuts at a line end so that `suffix` still fits; never within a surrogate pair. */
export function cut(text: string, limit: number, suffix: string): string {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit - suffix.length);
  const at = room.lastIndexOf("\n");
  const safe = at > 0 ? room.slice(0, at) : room.replace(/[\uD800-\uDBFF]$/, "");
  return safe + suffix;
}

/** Control, format and direction characters are shown as escapes, so that code cannot look like something else. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => {
    if (character === "\n" || character === "\t") return character;
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const one of text) {
    run = one === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
