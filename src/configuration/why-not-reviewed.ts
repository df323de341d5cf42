import { compileGlob } from "./compile-glob.ts";
import { expandBraces } from "./path-pattern.ts";
import type { RawSettings } from "./schema.ts";
import type { ReviewedPull } from "./settings.ts";

/** Words of `authors` that mean every bot. */
const ANY_BOT = new Set(["bots", "*[bot]"]);

/** Why a pull request is not reviewed, by `drafts`, `branches`, `labels` and `authors`; null if it is. */
export function whyNotReviewed(
  { drafts = false, branches, labels, authors }: RawSettings,
  pull: ReviewedPull,
): string | null {
  if (pull.isDraft && !drafts) return "Drafts are not reviewed (`drafts`).";
  const isBranch = (glob: string): boolean =>
    expandBraces(glob).some((one) => compileGlob(one)(pull.baseBranch));
  if (branches?.some(isBranch) === false)
    return "Pull requests into this branch are not reviewed (`branches`).";
  // GitHub does not tell labels or logins apart by case.
  const own = new Set(pull.labels.map((label) => label.toLowerCase()));
  if (labels?.skip?.some((label) => own.has(label.toLowerCase())) === true)
    return "A label says that this pull request is not to be reviewed (`labels.skip`).";
  if (labels?.only?.some((label) => own.has(label.toLowerCase())) === false)
    return "None of the labels is there that pull requests need to be reviewed (`labels.only`).";
  if (authors?.skip?.some((name) => isAuthor(name.toLowerCase(), pull.author)) === true)
    return "Pull requests of this author are not reviewed (`authors.skip`).";
  return null;
}

function isAuthor(name: string, author: ReviewedPull["author"]): boolean {
  if (author === null) return false;
  const login = author.login.toLowerCase();
  const isBot = author.isBot || login.endsWith("[bot]");
  if (!isBot) return name === login;
  return ANY_BOT.has(name) || name.replace(/\[bot\]$/, "") === login.replace(/\[bot\]$/, "");
}
