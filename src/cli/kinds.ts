import { parseArgs } from "node:util";
import { describeKinds, type KindEntry } from "../analysis/describe-kinds.ts";
import { createProjectOpener } from "../analysis/open-project.ts";
import { hopLines } from "../report/hop-lines.ts";
import { visible } from "../report/visible.ts";
import { nearest } from "../rules/nearest.ts";
import type { CommandResult } from "./check.ts";
import { openTargets } from "./targets.ts";
import { KINDS_USAGE } from "./usage.ts";
import { UsageError } from "./usage-error.ts";

const OPTIONS = {
  root: { type: "string" },
  format: { type: "string", default: "text" },
  help: { type: "boolean" },
} as const;

type Format = (entries: readonly KindEntry[], displayPath: (path: string) => string) => string;

const FORMATS: Readonly<Record<string, Format>> = { text, json };

/** Longest source that is shown of an expression; the position says where the rest is. */
const MAX_SOURCE = 80;

/** `yieldsign kinds`. @throws UsageError when the command line cannot be followed. */
export async function kinds(parameters: readonly string[], cwd: string): Promise<CommandResult> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: OPTIONS,
    allowPositionals: true,
  });
  if (values.help === true) return { output: KINDS_USAGE, errors: "", exitCode: 0 };
  const format = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
  if (format === undefined) {
    const close = nearest(values.format, Object.keys(FORMATS));
    const advice = close === null ? "use text or json" : `did you mean ${close}?`;
    throw new UsageError(`there is no format ${values.format}; ${advice}`);
  }
  const { tree, paths, displayPath } = openTargets(positionals, values.root, cwd);
  const entries = describeKinds(await createProjectOpener(), tree, paths);
  const errors = paths.length === 0 ? "yieldsign: no Python files to read\n" : "";
  return { output: format(entries, displayPath), errors, exitCode: 0 };
}

/** Fixed for programs: paths are those of the project, lines and columns 1-based, columns in UTF-16 units. */
function json(entries: readonly KindEntry[]): string {
  const rows = entries.map(({ location, consumption, kind, certainty, chain }) => {
    const { path, line, column, endLine, endColumn } = location;
    return { path, line, column, endLine, endColumn, consumption, kind, certainty, chain };
  });
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function text(entries: readonly KindEntry[], displayPath: (path: string) => string): string {
  return entries.map((entry) => describe(entry, displayPath)).join("");
}

function describe(entry: KindEntry, displayPath: (path: string) => string): string {
  const { location, consumption, text: source, kind, certainty, doubts, chain, gap } = entry;
  const place = `${visible(displayPath(location.path))}:${location.line}:${location.column}`;
  const shown = source.length > MAX_SOURCE ? `${source.slice(0, MAX_SOURCE)}…` : source;
  const answer = kind === "unknown" ? kind : `${kind}, ${certainty}`;
  const doubt = doubts.length === 0 ? "" : ` (${doubts.join(", ")})`;
  const reasons = hopLines({ displayPath }, chain);
  if (gap !== null) reasons.push(visible(gap));
  const below = reasons.map((reason) => `    ${reason}\n`).join("");
  return `${place}: ${consumption} \`${visible(shown)}\`: ${answer}${doubt}\n${below}`;
}
