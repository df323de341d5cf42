import { REQUIREMENTS } from "../rules/check-text.ts";

/** A way in which a file can be written differently and mean the same. */
export interface Variant {
  readonly name: string;
  readonly change: (text: string) => string;
}

/** What the suggestions of every file have to bear. Text in triple quotes is changed along; no rule reads it. */
export const VARIANTS: readonly Variant[] = [
  { name: "CRLF line ends", change: (text) => text.replaceAll("\n", "\r\n") },
  { name: "no line end after the last line", change: (text) => text.replace(/\n+$/, "") },
  { name: "a byte order mark", change: (text) => `\uFEFF${text}` },
  {
    name: "all of it, with CRLF",
    change: (text) => `\uFEFF${text.replace(/\n+$/, "").replaceAll("\n", "\r\n")}`,
  },
  {
    name: "tabs",
    change: (text) => text.replace(/^(?: {4})+/gm, (spaces) => "\t".repeat(spaces.length / 4)),
  },
  {
    name: "one level deeper",
    change: (text) => `if True:\n${text.replace(/^(?=.)/gm, "    ")}`,
  },
];

/** The files of a repository in another form; what is no Python file stays as it is. */
export function vary(files: ReadonlyMap<string, string>, { change }: Variant): Map<string, string> {
  return new Map([...files].map(([path, text]) => [path, path === REQUIREMENTS ? text : change(text)]));
}
