import type { SourceUnit } from "../project/project.ts";
import type { Span } from "../python/location.ts";

interface Named {
  readonly name: string;
  readonly code: string;
}

const NOQA = /#\s*noqa(?::\s*(?<codes>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?/i;
const IGNORE = /#\s*yieldsign:\s*ignore(?:\[(?<names>[^\]]*)\])?/;
const IGNORE_FILE = /^\s*#\s*yieldsign:\s*ignore-file\b/m;

/**
 * True when a comment on the first or last line of the finding switches it off: `# noqa`, `# noqa: YS101`,
 * `# yieldsign: ignore`, `# yieldsign: ignore[await-async-generator] reason`; or the whole file with
 * `# yieldsign: ignore-file`.
 */
export function isSuppressed(unit: SourceUnit, rule: Named, span: Span): boolean {
  if (unit.text.includes("yieldsign: ignore-file") && IGNORE_FILE.test(unit.text)) return true;
  return [span.start, Math.max(span.start, span.end - 1)].some((at) =>
    isSilenced(lineAt(unit.text, at), rule),
  );
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf("\n", at);
  return text.slice(text.lastIndexOf("\n", at - 1) + 1, end === -1 ? undefined : end);
}

function isSilenced(line: string, { name, code }: Named): boolean {
  if (!line.includes("#")) return false;
  const noqa = NOQA.exec(line);
  if (noqa !== null) {
    const codes = noqa.groups?.codes;
    if (
      codes === undefined ||
      codes
        .toUpperCase()
        .split(/[,\s]+/)
        .includes(code)
    )
      return true;
  }
  const ignore = IGNORE.exec(line);
  if (ignore === null) return false;
  const names = ignore.groups?.names;
  return names === undefined || names.split(/[,\s]+/).some((one) => one === name || one === code);
}
