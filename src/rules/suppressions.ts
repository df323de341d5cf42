import type { SourceUnit } from "../project/project.ts";
import { readComments } from "../python/comments.ts";
import { createLineIndex } from "../python/line-index.ts";
import type { Span } from "../python/location.ts";
import { logicalLineEnd } from "../python/logical-line.ts";
import type { SyntaxTree } from "../python/syntax-node.ts";
import { RULES } from "./index.ts";
import { type Suppression, suppressionsIn, type Word } from "./suppression-comments.ts";

interface Named {
  readonly name: string;
  readonly code: string;
}

/** A suppression, or one word of it, that silenced nothing. */
export interface UnusedIgnore {
  readonly suppression: Suppression;
  /** The word, or null when the suppression names none and is about all rules. */
  readonly word: Word | null;
  /** Codes of the rules that it names; none when there is no such rule. */
  readonly silences: readonly string[];
}

/** A finding that a comment switches off. */
interface SilencedPlace {
  readonly code: string;
  readonly span: Span;
}

/** The suppressions of one file. They remember what they silenced. */
export interface Suppressions {
  /**
   * True when a comment switches a finding off: on its first or last line, at the end of its statement's logical
   * line, or for the whole file.
   */
  silence(rule: Named, span: Span): boolean;
  /** What was switched off so far. */
  readonly silenced: readonly SilencedPlace[];
  /**
   * Suppressions for Yieldsign that have silenced nothing so far, in source order; those for rules that did not run
   * excepted.
   */
  unused(codes: ReadonlySet<string>): UnusedIgnore[];
}

// Nothing of it in a file: no need to look for its comments.
const ANY = /noqa|ignore|disable/i;
const OURS = /yieldsign|\bys\d*\b/i;

/** Reads a file's suppressions when they are first asked for: most files are never parsed for them. */
export function openSuppressions(unit: SourceUnit, tree: () => SyntaxTree): Suppressions {
  const { text } = unit;
  const hasAny = once(() => ANY.test(text));
  const read = once(() => readSuppressions(text, tree()));
  const used = new Set<Suppression | Word>();
  const silenced: SilencedPlace[] = [];
  return {
    silenced,
    silence(rule, span) {
      if (!hasAny()) return false;
      let isSilent = false;
      for (const one of read().about(span)) {
        const matching = one.words?.filter((word) => names(word.text, rule)) ?? [one];
        for (const match of matching) used.add(match);
        if (matching.length > 0 || one.codes.includes(rule.code)) isSilent = true;
      }
      if (isSilent) silenced.push({ code: rule.code, span });
      return isSilent;
    },
    unused(codes) {
      if (!hasAny() || !OURS.test(text)) return [];
      return read()
        .all.filter(({ isOurs }) => isOurs)
        .flatMap((suppression) => {
          const words = suppression.words ?? [null];
          return words
            .filter((word) => !used.has(word ?? suppression))
            .map((word) => ({ suppression, word, silences: codesOf(word) }))
            .filter(({ silences }) => silences.length === 0 || silences.some((code) => codes.has(code)));
        });
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function names(word: string, { name, code }: Named): boolean {
  return word.toLowerCase() === name || (/^ys\d*$/i.test(word) && code.startsWith(word.toUpperCase()));
}

function codesOf(word: Word | null): string[] {
  return RULES.filter((rule) => word === null || names(word.text, rule)).map(({ code }) => code);
}

interface Known {
  readonly all: readonly Suppression[];
  about(span: Span): Suppression[];
}

function readSuppressions(text: string, tree: SyntaxTree): Known {
  const lines = createLineIndex(text);
  const all = readComments(tree).flatMap((comment) => suppressionsIn(text, comment));
  const byLine = new Map<number, Suppression[]>();
  for (const one of all.filter(({ reach }) => reach === "line")) {
    const line = lines.lineOf(one.start);
    const others = byLine.get(line);
    if (others === undefined) byLine.set(line, [one]);
    else others.push(one);
  }
  const ofFile = all.filter(isForFile);
  return {
    all,
    about(span) {
      const ends = [span.end, logicalLineEnd(tree.root, span)].map((end) => Math.max(span.start, end - 1));
      const found = new Set([span.start, ...ends].map((at) => lines.lineOf(at)));
      return [...ofFile, ...[...found].flatMap((line) => byLine.get(line) ?? [])];
    },
  };
}

/** `ignore-file` counts only where it cannot be meant for a line, and not in the middle of prose. */
function isForFile({ reach, start, comment }: Suppression): boolean {
  return reach === "file" && comment.isOwnLine && start === comment.start;
}
