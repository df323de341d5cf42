import type { Place } from "./layer.ts";

/**
 * Where the keys and items of a TOML document stand, by their path as JSON (`["tool","yieldsign","select","1"]`). The
 * parser tells no places, so the text is read a second time; it has to be one that the parser accepted.
 */
export function tomlPlaces(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const arrays = new Map<string, number>();
  let at = 0;

  function placeOf(offset: number): Place {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  function note(path: readonly string[], offset: number): void {
    const key = JSON.stringify(path);
    if (!places.has(key)) places.set(key, placeOf(offset));
  }

  /** Takes what the expression finds here. */
  function take(expression: RegExp): string {
    expression.lastIndex = at;
    const [found = ""] = expression.exec(text) ?? [];
    at += found.length;
    return found;
  }

  function key(): string[] {
    const parts: string[] = [];
    do {
      take(/[ \t]*/y);
      const word = take(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+/y);
      parts.push(word.startsWith('"') ? basicString(word) : word.replace(/^'|'$/g, ""));
      take(/[ \t]*/y);
    } while (take(/\./y) !== "");
    return parts;
  }

  /** A key and its value; every table on the way is noted where it is first named. */
  function pair(table: readonly string[]): void {
    take(BLANK);
    const offset = at;
    const parts = key();
    const path = [...table, ...parts];
    for (let length = table.length + 1; length <= path.length; length++) note(path.slice(0, length), offset);
    take(/=[ \t]*/y);
    value(path);
  }

  function value(path: readonly string[]): void {
    if (take(/\[/y) !== "") {
      for (let index = 0; ; index++) {
        take(BLANK);
        if (at >= text.length || take(/\]/y) !== "") return;
        const item = [...path, String(index)];
        note(item, at);
        value(item);
        take(BLANK);
        take(/,/y);
      }
    }
    if (take(/\{/y) !== "") {
      for (;;) {
        take(BLANK);
        if (at >= text.length || take(/\}/y) !== "") return;
        pair(path);
        take(BLANK);
        take(/,/y);
      }
    }
    const before = at;
    take(/"""(?:[^\\]|\\[\s\S])*?"""+|'''[\s\S]*?'''+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^,\]}#\n]+/y);
    // Whatever is not understood must not hold up the reading.
    if (at === before) at += 1;
  }

  let table: readonly string[] = [];
  for (;;) {
    take(BLANK);
    if (at >= text.length) return places;
    const offset = at;
    const bracket = take(/\[\[?/y);
    if (bracket === "") {
      pair(table);
      continue;
    }
    const named = key();
    take(/\]{1,2}/y);
    table = named.flatMap((part, index) => {
      const name = JSON.stringify(named.slice(0, index + 1));
      const isLast = index === named.length - 1;
      const count = (arrays.get(name) ?? -1) + Number(bracket === "[[" && isLast);
      if (bracket === "[[" && isLast) arrays.set(name, count);
      return count < 0 ? [part] : [part, String(count)];
    });
    for (let length = 1; length <= table.length; length++) note(table.slice(0, length), offset);
  }
}

/** Blanks, line ends and comments. */
const BLANK = /(?:[ \t\r\n]|#[^\n]*)*/y;

function basicString(word: string): string {
  try {
    return JSON.parse(word) as string;
  } catch {
    return word.slice(1, -1);
  }
}
