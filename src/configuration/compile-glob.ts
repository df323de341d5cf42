/** One step of a pattern: a character, any character, one of a set, or a run of characters. */
type Step =
  | { readonly kind: "one"; fits(character: string): boolean }
  /** Any run without a slash. */
  | { readonly kind: "star" }
  /** Any run. */
  | { readonly kind: "anything" }
  /** Nothing, or any run that ends in a slash. */
  | { readonly kind: "folders" };

/**
 * A test of whole texts against a pattern as git's `wildmatch` reads it: `*` and `?` never mean a slash, `**` between
 * slashes means any folders, `[a-z]`, `[!a]` and `[[:digit:]]` one character, a backslash takes the next character as
 * it is. The work is at most the product of both lengths, whatever the pattern (a regular expression with many `*`
 * would take exponentially long).
 */
export function compileGlob(pattern: string): (text: string, extent?: Extent) => boolean {
  const steps = parse(pattern);
  if (steps === null) return () => false;
  return (text, extent = "whole") => matches(steps, text, extent);
}

/** What has to fit: the whole text, the text or a folder that it lies in, or such a folder. */
export type Extent = "whole" | "whole-or-folder" | "folder";

function matches(steps: readonly Step[], text: string, extent: Extent): boolean {
  const seen = new Uint32Array(steps.length + 1);
  const seenWithin = new Uint32Array(steps.length + 1);
  // Every position of the pattern at which the text read so far may stand; a round marks those that it has.
  let round = 1;
  let open: number[] = [];
  enter(steps, open, seen, round, 0);
  for (const character of text) {
    if (character === "/" && extent !== "whole" && round > 1 && open.includes(steps.length)) return true;
    round += 1;
    const next: number[] = [];
    for (const at of open) {
      const index = at < WITHIN ? at : at - WITHIN;
      const step = steps[index];
      if (step === undefined) continue;
      if (step.kind === "one") {
        if (step.fits(character)) enter(steps, next, seen, round, index + 1);
      } else if (step.kind === "folders") {
        // Within folders the rest of the pattern waits for the next slash.
        if (seenWithin[index] !== round) next.push(index + WITHIN);
        seenWithin[index] = round;
        if (character === "/") enter(steps, next, seen, round, index + 1);
      } else if (step.kind === "anything" || character !== "/") enter(steps, next, seen, round, index);
    }
    if (next.length === 0) return false;
    open = next;
  }
  return extent !== "folder" && open.includes(steps.length);
}

/** Added to the position of a step "folders" of which something was read already. */
const WITHIN = 1_000_000;

/** Opens a position and those that follow without a character, each once a round. */
function enter(steps: readonly Step[], open: number[], seen: Uint32Array, round: number, from: number): void {
  for (let at = from; at <= steps.length && seen[at] !== round; at++) {
    seen[at] = round;
    open.push(at);
    if (steps[at]?.kind === "one") break;
  }
}

/** Null for a pattern that means nothing: a set without its end. */
function parse(pattern: string): Step[] | null {
  const characters = [...pattern];
  const steps: Step[] = [];
  // Git takes what stands before the first special character as text and matches the rest alone.
  const first = characters.findIndex((one) => "*?[\\".includes(one));
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character === "*") {
      let end = at;
      while (characters[end] === "*") end += 1;
      const isWhole = (at === first || characters[at - 1] === "/") && isEnd(characters, end);
      if (end - at < 2 || !isWhole) steps.push({ kind: "star" });
      else if (characters[end] === "/") {
        steps.push({ kind: "folders" });
        end += 1;
      } else steps.push({ kind: "anything" });
      at = end - 1;
    } else if (character === "?") steps.push({ kind: "one", fits: (one) => one !== "/" });
    else if (character === "[") {
      const set = parseSet(characters, at + 1);
      if (set === null) return null;
      steps.push({ kind: "one", fits: set.fits });
      at = set.end;
    } else if (character === "\\") {
      at += 1;
      const literal = characters[at];
      if (literal === undefined) return null;
      steps.push({ kind: "one", fits: (one) => one === literal });
    } else steps.push({ kind: "one", fits: (one) => one === character });
  }
  return steps;
}

function isEnd(characters: readonly string[], at: number): boolean {
  return characters[at] === undefined || characters[at] === "/";
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /^[A-Za-z0-9]$/,
  alpha: /^[A-Za-z]$/,
  blank: /^[ \t]$/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what the class means.
  cntrl: /^[\x00-\x1f\x7f]$/,
  digit: /^[0-9]$/,
  graph: /^[!-~]$/,
  lower: /^[a-z]$/,
  print: /^[ -~]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^[ \t-\r]$/,
  upper: /^[A-Z]$/,
  xdigit: /^[A-Fa-f0-9]$/,
};

/** What stands between brackets, from the character after the first; `end` is the place of the closing one. */
function parseSet(
  characters: readonly string[],
  start: number,
): { readonly end: number; fits(character: string): boolean } | null {
  const isNegated = characters[start] === "!" || characters[start] === "^";
  const first = isNegated ? start + 1 : start;
  const tests: ((character: string) => boolean)[] = [];
  let previous: string | null = null;
  for (let at = first; ; at++) {
    let character = characters[at];
    if (character === undefined) return null;
    if (character === "]" && at > first) {
      const fits = (one: string): boolean => one !== "/" && tests.some((test) => test(one)) !== isNegated;
      return { end: at, fits };
    }
    const next = characters[at + 1];
    if (character === "-" && previous !== null && next !== undefined && next !== "]") {
      at += next === "\\" ? 2 : 1;
      const [low, high]: [string, string | undefined] = [previous, characters[at]];
      if (high === undefined) return null;
      tests.push((one) => one >= low && one <= high);
      previous = null;
      continue;
    }
    if (character === "[" && next === ":") {
      const close = characters.indexOf("]", at + 2);
      if (close < 0) return null;
      if (close > at + 2 && characters[close - 1] === ":") {
        const known = CLASSES[characters.slice(at + 2, close - 1).join("")];
        if (known === undefined) return null;
        tests.push((one) => known.test(one));
        previous = null;
        at = close;
        continue;
      }
    }
    if (character === "\\") {
      at += 1;
      character = characters[at];
      if (character === undefined) return null;
    }
    const literal = character;
    tests.push((one) => one === literal);
    previous = literal;
  }
}
