import type { Comment } from "../python/comments.ts";
import type { Span } from "../python/location.ts";
import { equivalentsIn, equivalentsOfNoqa } from "./equivalents.ts";

/** A rule's name, its code or the first characters of codes, as it stands in a comment. */
export interface Word extends Span {
  readonly text: string;
}

/** One wish of a comment that findings be silent. */
export interface Suppression extends Span {
  readonly comment: Comment;
  /** What it is about: the findings of its line, or of the whole file. */
  readonly reach: "line" | "file";
  /** It is written for Yieldsign alone, at least with `words`; what is not is never called unused. */
  readonly isOurs: boolean;
  /** The rules it names for us; null for all. */
  readonly words: readonly Word[] | null;
  /** Every item of its list, also those for other tools. */
  readonly items: readonly Span[];
  /** Codes of our rules that it silences in the words of another tool. */
  readonly codes: readonly string[];
}

const NOQA = /#\s*noqa\b(?:\s*:\s*(?<list>(?:[a-z]+[0-9]+|ys\b)(?:[,\s]*(?:[a-z]+[0-9]+\b|ys\b))*))?/dgi;
const OURS = /#\s*yieldsign\s*:\s*ignore(?<file>-file)?(?![\w-])(?:\s*\[(?<list>[^\]#]*)\]?)?[^#]*/dgi;

/** What a comment asks to be silent about. A comment may hold several wishes, also for several tools. */
export function suppressionsIn(text: string, comment: Comment): Suppression[] {
  const words = text.slice(comment.start, comment.end);
  const found: Suppression[] = [];
  for (const match of words.matchAll(NOQA)) {
    const items = itemsOf(match, comment.start, /[a-z]+[0-9]+|ys\b/gi);
    const ours = items.filter((item) => /^ys\d*$/i.test(item.text));
    found.push({
      ...spanOf(match, comment.start),
      comment,
      reach: "line",
      isOurs: ours.length > 0,
      words: match.groups?.list === undefined ? null : ours,
      items,
      codes: items.flatMap((item) => equivalentsOfNoqa(item.text)),
    });
  }
  for (const match of words.matchAll(OURS)) {
    const items = itemsOf(match, comment.start, /[^,\s]+/g);
    found.push({
      ...spanOf(match, comment.start),
      comment,
      reach: match.groups?.file === undefined ? "line" : "file",
      isOurs: true,
      words: match.groups?.list === undefined ? null : items,
      items,
      codes: [],
    });
  }
  const codes = equivalentsIn(words);
  if (codes.length > 0) {
    const { start, end } = comment;
    found.push({ start, end, comment, reach: "line", isOurs: false, words: [], items: [], codes });
  }
  return found;
}

function spanOf({ index, 0: match }: RegExpExecArray, offset: number): Span {
  return { start: offset + index, end: offset + index + match.trimEnd().length };
}

function itemsOf({ groups, indices }: RegExpExecArray, offset: number, item: RegExp): Word[] {
  const at = offset + (indices?.groups?.list?.[0] ?? 0);
  return [...(groups?.list ?? "").matchAll(item)].map(({ index, 0: word }) => {
    return { start: at + index, end: at + index + word.length, text: word };
  });
}
