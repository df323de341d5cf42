/** What a blocking call waits for; decides which rule speaks of it. "path-metadata" is off unless a configuration names it. */
export const BLOCKING_GROUPS = [
  "sleep",
  "http",
  "subprocess",
  "io",
  "database",
  "thread",
  "path-metadata",
] as const;

export type BlockingGroup = (typeof BLOCKING_GROUPS)[number];

/** A row of `facts/blocking-calls.json`: calls that block the thread they run in. */
export interface BlockingRow {
  readonly group: BlockingGroup;
  /**
   * Dotted names of functions and methods. `()` stands for what a call returns, `[]` for an item, `{a b}` for
   * several names, `*` as the last part for every public method: "requests.Session().{get post}", "boto3.client().*".
   */
  readonly names: readonly string[];
  /** What to use in a coroutine, as it is written in code or in words; null where nothing general can be said. */
  readonly replacement: string | null;
  /** Where the library's documentation says so; absent for what a configuration adds. */
  readonly source?: string;
  /** Methods that a `*` does not mean. */
  readonly except?: readonly string[];
  /** The call may be handed to `asyncio.to_thread` as it stands: its result holds nothing of the thread. */
  readonly inThread?: boolean;
  /** It follows from another blocking call of its group and is only reported where the function has none. */
  readonly isFollowUp?: boolean;
  /** It touches one entry of a folder: reported where a coroutine does it, not where a function it calls does. */
  readonly isShort?: boolean;
  /** "info" for what blocks shortly. */
  readonly severity?: "info";
}

/** Blocking calls by name. */
export interface BlockingTable {
  /** Last names of everything that is listed by its full name, with the packages in which there is one. */
  readonly lastNames: ReadonlyMap<string, ReadonlySet<string>>;
  /** Packages in which a row names every method. */
  readonly openPackages: readonly string[];
  /** The row for one of the names under which a callee is known, if any. */
  find(names: readonly string[]): BlockingRow | null;
}

/** What a configuration changes in the table. */
export interface BlockingAdjustment {
  /** Rows to add; they win over those of the table. */
  readonly added: readonly BlockingRow[];
  /** Names that do not count, with everything below them ("requests" and "requests.Session" also mean their methods). */
  readonly removed: readonly string[];
  /** Groups to switch on. */
  readonly groups: readonly BlockingGroup[];
}

/** Groups of which nothing is reported unless a configuration switches them on. */
const OFF: ReadonlySet<BlockingGroup> = new Set(["path-metadata"]);

/** The table of rows, as a configuration changes it. */
export function blockingTable(rows: readonly BlockingRow[], adjustment?: BlockingAdjustment): BlockingTable {
  const byName = new Map<string, BlockingRow>();
  const lastNames = new Map<string, Set<string>>();
  const openPackages = new Set<string>();
  const removed = (adjustment?.removed ?? []).map(plainName);
  const isOff = ({ group }: BlockingRow): boolean =>
    OFF.has(group) && adjustment?.groups.includes(group) !== true;
  const enter = (row: BlockingRow, isRemovable: boolean): void => {
    for (const name of row.names.flatMap(expandedNames)) {
      if (isRemovable && removed.some((one) => name === one || name.startsWith(`${one}.`))) continue;
      byName.set(name, row);
      const last = name.slice(name.lastIndexOf(".") + 1);
      const top = name.slice(0, name.indexOf("."));
      if (last === "*") openPackages.add(top);
      else lastNames.set(last, (lastNames.get(last) ?? new Set()).add(top));
    }
  };
  for (const row of rows) if (!isOff(row)) enter(row, true);
  for (const row of adjustment?.added ?? []) enter(row, false);
  return {
    lastNames,
    openPackages: [...openPackages],
    find(names) {
      for (const known of names) {
        const name = plainName(known);
        const exact = byName.get(name);
        if (exact !== undefined) return exact;
        const dot = name.lastIndexOf(".");
        const open = byName.get(`${name.slice(0, dot)}.*`);
        const method = name.slice(dot + 1);
        if (open === undefined || !/^[a-z]\w*$/.test(method) || open.except?.includes(method) === true)
          continue;
        if (!removed.some((one) => name === one || name.startsWith(`${one}.`))) return open;
      }
      return null;
    },
  };
}

/** "a.{b c}" as "a.b" and "a.c", without the brackets of calls and items. */
function expandedNames(pattern: string): string[] {
  const match = /^([^{]*)\{([^}]*)\}(.*)$/.exec(pattern);
  if (match === null) return [plainName(pattern)];
  const [, before = "", names = "", after = ""] = match;
  return names.split(" ").map((name) => plainName(`${before}${name}${after}`));
}

/** A method is named alike through its class and through an object: "requests.Session().get" is "requests.Session.get". */
function plainName(name: string): string {
  return name.replace(/\(\)|\[\]/g, "");
}
