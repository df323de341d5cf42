/** A cell as Python: what only IPython understands is replaced by text of the same length. */
export interface PythonCell {
  readonly text: string;
  /** Names that the replaced lines may bind; what to is not known. */
  readonly names: readonly string[];
  /** A replaced line (`%run`) may bind any name. */
  readonly bindsAnything: boolean;
  /** The cell runs where `await` is not allowed although it is at module level: nothing is reported in it. */
  readonly isQuiet: boolean;
}

/** Cell magics whose body is Python that runs in the notebook; the value says that it may not await (IPython 9.17). */
const PYTHON_BODIES: ReadonlyMap<string, boolean> = new Map([
  ["%%capture", false],
  ["%%time", true],
  ["%%prun", true],
]);

/** Cell magics whose body runs elsewhere or is kept as text: it binds nothing in the notebook. */
const FOREIGN_BODIES: ReadonlySet<string> = new Set(
  (
    "%%bash %%sh %%script %%system %%sx %%cmd %%perl %%ruby %%pypy %%python %%python2 %%python3 %%html %%HTML " +
    "%%javascript %%js %%svg %%SVG %%latex %%markdown %%writefile %%file %%timeit %%mermaid %%css"
  ).split(" "),
);

/** Line magics that bind no names but those in front of a `=`. */
const HARMLESS: ReadonlySet<string> = new Set(
  (
    "%time %timeit %prun %lprun %memit %mprun %matplotlib %load_ext %reload_ext %unload_ext %autoreload %aimport " +
    "%pip %conda %mamba %micromamba %uv %cd %pwd %ls %ll %cat %mkdir %rm %cp %mv %config %env %set_env %who %whos " +
    "%xmode %pdb %pinfo %pinfo2 %pdoc %psource %pfile %history %autoawait %autocall %automagic %colors %precision " +
    "%warnings %tensorboard %watermark %gui %sx %system %lsmagic %magic %quickref %dirs %pushd %popd %bookmark"
  ).split(" "),
);

/** Line magics that run a file, or import everything of a package, in the notebook's namespace. */
const BINDS_ANYTHING = new Set(["%run", "%pylab", "%load", "%loadpy", "%macro", "%store", "%restart_python"]);

const KEYWORDS = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from " +
    "global if import in is lambda nonlocal not or pass raise return try while with yield print exec"
  ).split(" "),
);

/** `x = !ls`, `a, b = %magic`: target and command. */
const ASSIGNED =
  /^(?<target>[ \t]*[\p{L}_][\p{L}\p{N}_., \t]*(?:\[[^\]=]*\][ \t]*)?=[ \t]*)(?<command>[!%](?!=).*)$/su;
/** `name?`, `module.name??`. */
const HELP = /^[ \t]*[\p{L}_][\p{L}\p{N}_.]*(?<marks>\?\??)[ \t]*(?:;[ \t]*)?\r?$/u;
/** `%magic`, `!command`, `?name`, `name*?`; and installing without a `%`, which IPython understands as well. */
const MAGIC =
  /^[ \t]*(?:%|!|\?|[%\p{L}_*][\p{L}\p{N}_.*]*\?\??[ \t]*\r?$|(?:pip|conda|mamba)[ \t]+[a-z]+\b)/u;

/** Replaces the magics of a cell. */
export function toPython(source: string): PythonCell {
  const names = new Set<string>();
  const magic = cellMagic(source);
  if (magic !== null) {
    const { name, line, body } = magic;
    const isQuiet = PYTHON_BODIES.get(name);
    addNames(names, isQuiet !== undefined || FOREIGN_BODIES.has(name) ? line : source);
    if (isQuiet === undefined)
      return { text: asComments(source), names: [...names], bindsAnything: false, isQuiet: false };
    const inner = replaceLines(source.slice(body), names);
    return { ...inner, text: asComments(source.slice(0, body)) + inner.text, isQuiet };
  }
  return { ...replaceLines(source, names), isQuiet: false };
}

/** Replaces the magics of single lines, and adds what they may bind to `names`. */
function replaceLines(source: string, names: Set<string>): Omit<PythonCell, "isQuiet"> {
  const parts: string[] = [];
  let bindsAnything = false;
  for (let at = 0; at < source.length; ) {
    const end = endOfMagic(source, at);
    const line = source.slice(at, lineEnd(source, at));
    const help = HELP.exec(line)?.groups?.marks;
    const { target, command } = ASSIGNED.exec(line)?.groups ?? {};
    if (help !== undefined) {
      const marks = line.lastIndexOf(help);
      parts.push(line.slice(0, marks), " ".repeat(help.length), source.slice(at + marks + help.length, end));
    } else if (target !== undefined && command !== undefined) {
      parts.push(target, asUnknown(command), asComments(source.slice(at + line.length, end)));
    } else if (MAGIC.test(line)) {
      const word = /%\w+/.exec(line)?.[0] ?? "";
      bindsAnything ||= BINDS_ANYTHING.has(word);
      const isMagic = line.trimStart().startsWith("%");
      if (isMagic) addNames(names, HARMLESS.has(word) ? assignedPart(line) : line);
      parts.push(asStatement(source.slice(at, end)));
    } else {
      const next = endOfLogicalLine(source, at);
      parts.push(source.slice(at, next));
      at = next;
      continue;
    }
    at = end;
  }
  return { text: parts.join(""), names: [...names], bindsAnything };
}

/** The names in a text, in case it binds them. */
export function namesIn(text: string): string[] {
  const names = new Set<string>();
  addNames(names, text);
  return [...names];
}

/** Text of the same length that Python skips: every line becomes a comment. */
export function asComments(text: string): string {
  return text.replace(/^[^\r\n]/gm, "#");
}

/** The first line of a cell, if it is a cell magic; `body` is where the next one starts. */
function cellMagic(source: string): { name: string; line: string; body: number } | null {
  const match = /^\s*(?<line>(?<name>%%[\p{L}\p{N}_!]+)[^\n]*(?:\n|$))/u.exec(source);
  const { name, line } = match?.groups ?? {};
  return match === null || name === undefined || line === undefined
    ? null
    : { name, line, body: match[0].length };
}

function addNames(names: Set<string>, text: string): void {
  for (const [name] of text.matchAll(/(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_]*/gu))
    if (!KEYWORDS.has(name)) names.add(name);
}

/** What stands in front of the `=` of `%time x = f()`. */
function assignedPart(line: string): string {
  return /^[^=(]*(?==[^=])/.exec(line)?.[0].replace(/^\s*%\w+/, "") ?? "";
}

/** A name that nobody binds (`__…`): its value is unknown. */
function asUnknown(command: string): string {
  return "_".repeat(command.length);
}

/** A statement that does nothing, with the rest of the line as a comment. */
function asStatement(text: string): string {
  const indent = /^[ \t]*/.exec(text)?.[0].length ?? 0;
  const first = text.slice(0, lineEnd(text, 0));
  const shown = `${first.slice(0, indent)}0${first.length > indent + 1 ? "#" : ""}${first.slice(indent + 2)}`;
  return shown + asComments(text.slice(first.length));
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

/** Behind the line at `at`, and behind those that it goes on in after a backslash. */
function endOfMagic(text: string, at: number): number {
  let end = lineEnd(text, at);
  while (end < text.length && /\\\r?$/.test(text.slice(Math.max(at, end - 2), end)))
    end = lineEnd(text, end + 1);
  return Math.min(text.length, end + 1);
}

/** The next token that matters for where a logical line ends. */
const TOKEN = /#[^\n]*|'''|"""|['"]|[([{]|[)\]}]|\\\r?\n|\n/g;

/** Behind the line feed that ends the logical line at `at`: not in brackets or strings, not after a backslash. */
function endOfLogicalLine(text: string, at: number): number {
  let depth = 0;
  TOKEN.lastIndex = at;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [token] = match;
    if (token === "\n") {
      if (depth <= 0) return TOKEN.lastIndex;
    } else if (token === "(" || token === "[" || token === "{") depth += 1;
    else if (token === ")" || token === "]" || token === "}") depth -= 1;
    else if (token.startsWith("'") || token.startsWith('"'))
      TOKEN.lastIndex = endOfString(text, TOKEN.lastIndex, token);
  }
  return text.length;
}

/** Behind the closing quotes of a string; one in single quotes ends with its line at the latest. */
function endOfString(text: string, start: number, quotes: string): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === "\\") at += 1;
    else if (text.startsWith(quotes, at)) return at + quotes.length;
    else if (text[at] === "\n" && quotes.length === 1) return at;
  }
  return text.length;
}
