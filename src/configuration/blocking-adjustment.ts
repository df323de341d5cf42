import {
  BLOCKING_GROUPS,
  type BlockingAdjustment,
  type BlockingGroup,
  type BlockingRow,
} from "../project/blocking-table.ts";
import type { RawSettings } from "./schema.ts";

/** What the entries of `blocking-calls` change in the table of blocking calls. */
export function blockingAdjustment(entries: NonNullable<RawSettings["blocking-calls"]>): BlockingAdjustment {
  const added: BlockingRow[] = [];
  const removed: string[] = [];
  const groups: BlockingGroup[] = [];
  for (const entry of entries) {
    if (typeof entry !== "string") {
      const { name, group = "io", replacement = null } = entry;
      added.push({ group, names: [name], replacement });
      continue;
    }
    const group = BLOCKING_GROUPS.find((one) => one === entry);
    if (group !== undefined) groups.push(group);
    else if (entry.startsWith("!")) removed.push(entry.slice(1));
    else added.push({ group: "io", names: [entry], replacement: null });
  }
  return { added, removed, groups };
}
