import type { Severity } from "../rules/finding.ts";
import { DEFAULT_RULES } from "../rules/run-rules.ts";
import { blockingAdjustment } from "./blocking-adjustment.ts";
import { pathPattern } from "./path-pattern.ts";
import { exactness, ruleCodes } from "./rule-codes.ts";
import type { RawSettings } from "./schema.ts";
import type { Settings } from "./settings.ts";
import { whyNotReviewed } from "./why-not-reviewed.ts";

const DEFAULT_MAX_COMMENTS = 10;

/** Settings from what was said and where; without arguments, the defaults. */
export function createSettings(values: RawSettings = {}, origins: Settings["origins"] = new Map()): Settings {
  const selected = new Set(values.select === undefined ? DEFAULT_RULES : values.select.flatMap(ruleCodes));
  for (const code of (values.ignore ?? []).flatMap(ruleCodes)) selected.delete(code);
  const ignoresByPath = Object.entries(values["per-path-ignores"] ?? {}).map(([glob, words]) => ({
    fits: pathPattern(glob),
    codes: words.flatMap(ruleCodes),
  }));
  const included = values.include?.map(pathPattern);
  const excluded = (values.exclude ?? []).map(pathPattern);
  const severities = severitiesOf(values.severity ?? {});
  const calls = values["blocking-calls"];
  return {
    values,
    origins,
    rules: [...new Set([...DEFAULT_RULES, ...selected])],
    selected,
    codesFor(path) {
      const ignored = ignoresByPath.flatMap(({ fits, codes }) => (fits(path) ? codes : []));
      if (ignored.length === 0) return selected;
      const left = new Set(selected);
      for (const code of ignored) left.delete(code);
      return left;
    },
    isIncluded(path) {
      const isIn = included === undefined || included.some((fits) => fits(path));
      return isIn && !excluded.some((fits) => fits(path));
    },
    severityOf: (code) => severities.get(code) ?? null,
    failOn: values["fail-on"] ?? "never",
    maxComments: values["max-comments"] ?? DEFAULT_MAX_COMMENTS,
    reviews: (pull) => whyNotReviewed(values, pull),
    blockingCalls: calls === undefined ? undefined : blockingAdjustment(calls),
    sarif: values.sarif ?? false,
  };
}

/** A rule's own name or code wins over the beginnings of codes, longer ones over shorter ones. */
function severitiesOf(words: NonNullable<RawSettings["severity"]>): Map<string, Severity> {
  const entries = Object.entries(words).sort(([a], [b]) => exactness(a) - exactness(b));
  return new Map(
    entries.flatMap(([word, severity]) =>
      severity === undefined ? [] : ruleCodes(word).map((code): [string, Severity] => [code, severity]),
    ),
  );
}
