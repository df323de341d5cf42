import type { Diagnostic } from "../fixes/fix.ts";
import type { Hop } from "../project/hop.ts";
import { SHORT_CHAIN, shortChain } from "../rules/short-chain.ts";
import type { Links } from "./links.ts";
import { codeBlock, codeSpan, cut, prose } from "./markdown.ts";
import { formatMarker, toMarker } from "./marker.ts";
import { MAX_BODY_LENGTH } from "./platform-limits.ts";
import type { Suggestion } from "./suggestion.ts";

interface CommentInput {
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The lines the comment stands on; a finding elsewhere (its repair is here) names its own line. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly suggestion: Suggestion | null;
  readonly links: Links;
  /** Text about other places, with their hidden lines. */
  readonly others?: { readonly text: string; readonly markers: readonly string[] };
}

/** The Markdown of one comment: what, why, what to do for each finding, the suggestion, how we know, the markers. */
export function commentBody(input: CommentInput): string {
  const { path: file, diagnostics, others } = input;
  const markers = diagnostics.map((one) => formatMarker(toMarker(file, one)));
  return withMarkers(commentText(input), [...markers, ...(others?.markers ?? [])]);
}

/** A comment's text with its hidden lines below; what is too long for GitHub is cut from the text. */
export function withMarkers(text: string, markers: readonly string[]): string {
  const hidden = markers.join("\n");
  return `${cut(text, MAX_BODY_LENGTH - hidden.length - 2, "\n\n…")}\n\n${hidden}`;
}

function commentText(input: CommentInput): string {
  const { diagnostics, firstLine, lastLine, suggestion, links, others } = input;
  const parts = diagnostics.map((one) => {
    const { line, path } = one.location;
    const isHere = firstLine <= line && line <= lastLine;
    return describe(one, links, isHere ? "" : ` ([line ${line}](${links.source(path, line)}))`);
  });
  if (suggestion !== null) parts.push(codeBlock("suggestion", suggestion.replacement));
  for (const note of cautions(diagnostics, suggestion)) parts.push(note);
  if (others !== undefined && others.text !== "") parts.push(others.text);
  const chain = chainOf(diagnostics);
  if (chain.length > 0) parts.push(explanation(chain, links));
  return parts.join("\n\n");
}

function describe({ message, rule, code }: Diagnostic, links: Links, where: string): string {
  const page = `[${code} ${rule}](${links.rulePage(rule)})`;
  return `**${prose(message.problem)}**${where}\n\n${prose(message.reason)} ${prose(message.remedy)} (${page})`;
}

function cautions(diagnostics: readonly Diagnostic[], suggestion: Suggestion | null): string[] {
  if (suggestion === null) return [];
  const notes: string[] = [];
  for (const { fix } of diagnostics) {
    if (fix?.caution == null) continue;
    notes.push(
      fix.grade === "B"
        ? `**Check before committing.** ${prose(fix.caution)}`
        : `**Note.** ${prose(fix.caution)}`,
    );
  }
  return [...new Set(notes)];
}

/** At most four hops in all; several findings share them, and each keeps its definition as long as there is room. */
function chainOf(diagnostics: readonly Diagnostic[]): Hop[] {
  const chains = diagnostics.map(({ chain }) => chain.filter(isTelling));
  const whole = uniqueHops(chains.flat());
  if (whole.length <= SHORT_CHAIN) return whole;
  const share = Math.max(1, Math.floor(SHORT_CHAIN / diagnostics.length));
  return uniqueHops(chains.flatMap((chain) => shortChain(chain, share))).slice(0, SHORT_CHAIN);
}

/** That a function of a library is a plain one says nothing of what it gives, which such a finding is about. */
function isTelling({ line, text }: Hop): boolean {
  return line > 0 || !text.endsWith(" is a plain function: `def`");
}

function uniqueHops(chain: readonly Hop[]): Hop[] {
  const seen = new Set<string>();
  return chain.filter(({ path, line, text }) => {
    const key = `${path}:${line}:${text}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

function explanation(chain: readonly Hop[], links: Links): string {
  const lines = chain.map(({ path, line, text }) => {
    if (line === 0) return `- ${prose(text)}`;
    return `- [${codeSpan(`${path}:${line}`)}](${links.source(path, line)}): ${prose(text)}`;
  });
  return `<details><summary>How Yieldsign knows</summary>\n\n${lines.join("\n")}\n\n</details>`;
}
