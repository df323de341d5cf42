import type { Scan } from "../../src/python/scan.ts";

/** What two scans of one file disagree about, a line each. */
export function differences(scanned: Scan, parsed: Scan, text: string): string[] {
  const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length;
  const found: string[] = [];
  const compare = <Item>(what: string, left: readonly Item[], right: readonly Item[]): void => {
    if (left.length !== right.length) found.push(`${left.length} ${what} scanned, ${right.length} parsed`);
    for (let at = 0; at < Math.max(left.length, right.length); at++) {
      const [one, other] = [JSON.stringify(left[at]), JSON.stringify(right[at])];
      if (one === other) continue;
      found.push(`${what}: ${one} scanned, ${other} parsed`);
      return;
    }
  };
  const withLine = (scan: Scan) =>
    scan.definitions.map((definition) => ({ ...definition, line: lineOf(definition.start) }));
  if (JSON.stringify(scanned.definitions) !== JSON.stringify(parsed.definitions))
    compare("definitions", withLine(scanned), withLine(parsed));
  compare("imports", scanned.imports, parsed.imports);
  // The scanner also counts keywords as names.
  const names = new Set(scanned.names);
  const missing = [...parsed.names].filter((hash) => !names.has(hash));
  if (missing.length > 0) found.push(`${missing.length} names not scanned`);
  return found;
}
