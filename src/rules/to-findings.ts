import { createHash } from "node:crypto";
import type { SourceUnit } from "../project/project.ts";
import type { Span } from "../python/location.ts";
import type { Finding } from "./finding.ts";
import type { Draft, Rule } from "./rule.ts";

/** A draft and as much of a data sheet as a finding shows. */
interface SignedDraft {
  readonly rule: Pick<Rule, "name" | "code" | "severity">;
  readonly draft: Draft;
}

/** Gives drafts their place and their identity. */
export function toFindings(unit: SourceUnit, drafts: readonly SignedDraft[]): Finding[] {
  const counts = new Map<string, number>();
  return drafts.map(({ rule, draft }) => {
    const fingerprint = fingerprintOf(unit, rule.code, draft.span);
    const ordinal = counts.get(fingerprint) ?? 0;
    counts.set(fingerprint, ordinal + 1);
    return {
      rule: rule.name,
      code: rule.code,
      severity: draft.severity ?? rule.severity,
      span: { start: draft.span.start, end: draft.span.end },
      location: unit.locate(draft.span),
      message: draft.message,
      chain: draft.chain,
      fingerprint,
      ordinal,
    };
  });
}

/** The identity of what a rule says about a place: rule, enclosing definition and text, no line. */
export function fingerprintOf(unit: SourceUnit, code: string, span: Span): string {
  const text = unit.text.slice(span.start, span.end).replace(/\s+/g, " ");
  const parts = [code, enclosingDefinition(unit, span), text];
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 16);
}

/** Dotted name of the innermost function or class around a place. */
function enclosingDefinition(unit: SourceUnit, span: Span): string {
  let best: Span | null = null;
  let scope = 0;
  for (const one of [...unit.facts.functions, ...unit.facts.classes]) {
    const isAround = one.start <= span.start && span.end <= one.end;
    if (isAround && (best === null || one.start >= best.start)) {
      best = one;
      scope = one.scope;
    }
  }
  return unit.facts.scopes[scope]?.qualifiedName ?? "";
}
