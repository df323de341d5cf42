import { compileGlob } from "./compile-glob.ts";

/** A `.gitattributes` file and where it lies. */
export interface AttributesFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

interface Attribute {
  readonly name: string;
  /** True and false for `name` and `-name`, null for `!name`, otherwise what stands after `=`. */
  readonly value: boolean | string | null;
}

interface Line {
  fits(path: string): boolean;
  readonly attributes: readonly Attribute[];
}

type Macros = ReadonlyMap<string, readonly Attribute[]>;

/** Git leaves out longer lines (`attr.h`). */
const MAX_LINE_CHARACTERS = 2_048;
/** A larger file was not written by people; it would cost more than it says. */
const MAX_FILE_CHARACTERS = 100_000;

/**
 * Which paths the `.gitattributes` files mark as generated (`linguist-generated`) or as code of others
 * (`linguist-vendored`). Read as git does: the last line that fits decides for each attribute, the file that is
 * nearest to the path goes first, macros (`[attr]name …`) count in the root's file. As for GitHub's linguist, any value
 * but `false` means yes.
 */
export function generatedPaths(files: readonly AttributesFile[]): (path: string) => boolean {
  const macros = new Map<string, readonly Attribute[]>();
  const byFolder = new Map<string, readonly Line[]>();
  for (const { path, text } of files) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    byFolder.set(folder, readLines(text, folder, folder === "" ? macros : null));
  }
  if (byFolder.size === 0) return () => false;
  return (path) => {
    const known = new Map<string, Attribute["value"]>();
    const parts = path.split("/");
    for (let depth = parts.length - 1; depth >= 0; depth--) {
      const lines = byFolder.get(parts.slice(0, depth).join("/")) ?? [];
      for (let index = lines.length - 1; index >= 0; index--) {
        const line = lines[index];
        if (line?.fits(path) === true) fill(known, line.attributes, macros);
      }
    }
    return isSet(known.get("linguist-generated")) || isSet(known.get("linguist-vendored"));
  };
}

function isSet(value: Attribute["value"] | undefined): boolean {
  return value === true || (typeof value === "string" && value !== "false");
}

/** What is decided already stays; a macro that is set brings its attributes along. */
function fill(
  known: Map<string, Attribute["value"]>,
  attributes: readonly Attribute[],
  macros: Macros,
): void {
  for (const { name, value } of [...attributes].reverse()) {
    if (known.has(name)) continue;
    known.set(name, value);
    const macro = macros.get(name);
    if (macro !== undefined && value === true) fill(known, macro, macros);
  }
}

function readLines(text: string, folder: string, macros: Map<string, readonly Attribute[]> | null): Line[] {
  if (text.length > MAX_FILE_CHARACTERS) return [];
  const lines: Line[] = [];
  for (const row of text.replace(/^\uFEFF/, "").split("\n")) {
    const line = row.replace(/^[ \t\r]+/, "");
    if (line === "" || line.startsWith("#") || row.length >= MAX_LINE_CHARACTERS) continue;
    const { pattern, rest } = splitLine(line);
    const attributes = readAttributes(rest);
    if (attributes === null) continue;
    if (pattern.length > 6 && pattern.startsWith("[attr]")) {
      if (macros !== null && isName(pattern.slice(6))) macros.set(pattern.slice(6), attributes);
    } else if (!pattern.startsWith("!")) lines.push({ fits: toTest(pattern, folder), attributes });
  }
  return lines;
}

/** The pattern may stand in quotes, as git writes names with spaces. */
function splitLine(line: string): { readonly pattern: string; readonly rest: string } {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(line);
  const unquoted = quoted === null ? null : unquote(quoted[1] ?? "");
  if (quoted !== null && unquoted !== null) return { pattern: unquoted, rest: line.slice(quoted[0].length) };
  const pattern = /^[^ \t\r\n]*/.exec(line)?.[0] ?? "";
  return { pattern, rest: line.slice(pattern.length) };
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};

/** Undoes the quoting of the C language; null for an escape that it does not have. */
function unquote(text: string): string | null {
  let isValid = true;
  const bytes: number[] = [];
  for (const part of text.match(/\\(?:[0-3][0-7]{2}|.)|[^\\]/gsu) ?? []) {
    const code = part.startsWith("\\") ? part.slice(1) : null;
    if (code === null) bytes.push(...new TextEncoder().encode(part));
    else if (/^[0-7]{3}$/.test(code)) bytes.push(Number.parseInt(code, 8));
    else {
      const known = ESCAPES[code];
      isValid &&= known !== undefined;
      bytes.push(...new TextEncoder().encode(known ?? ""));
    }
  }
  return isValid ? new TextDecoder().decode(Uint8Array.from(bytes)) : null;
}

/** Null where one of them is none: git leaves the whole line out then. */
function readAttributes(text: string): Attribute[] | null {
  const attributes: Attribute[] = [];
  for (const word of text.split(/[ \t\r\n]+/).filter((one) => one !== "")) {
    const equals = word.indexOf("=");
    const sign = word.startsWith("-") || word.startsWith("!") ? word.charAt(0) : "";
    const name = word.slice(sign.length, equals < 0 ? undefined : equals);
    if (!isName(name)) return null;
    const value = equals < 0 ? true : word.slice(equals + 1);
    attributes.push({ name, value: sign === "-" ? false : sign === "!" ? null : value });
  }
  return attributes;
}

function isName(name: string): boolean {
  return /^[A-Za-z0-9_.][-A-Za-z0-9_.]*$/.test(name) && !name.startsWith("builtin_");
}

/** Attributes are of files: a pattern for a folder fits nothing, not even what lies in it. */
function toTest(pattern: string, folder: string): (path: string) => boolean {
  if (pattern.endsWith("/")) return () => false;
  const isBaseName = !pattern.includes("/");
  const fits = compileGlob(pattern.replace(/^\//, ""));
  const start = folder === "" ? 0 : folder.length + 1;
  return (path) => fits(isBaseName ? path.slice(path.lastIndexOf("/") + 1) : path.slice(start));
}
