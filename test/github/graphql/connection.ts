/** The arguments that every connection has. */
export interface Bounds {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** A page of a list. That there are bounds, and which, was checked before (`check-pagination.ts`). */
export function connection<Node>(nodes: readonly Node[], { first, last, after, before }: Bounds) {
  const from = after == null ? 0 : positionOf(after) + 1;
  const to = before == null ? nodes.length : positionOf(before);
  const start = first == null ? Math.max(from, to - (last ?? 0)) : from;
  const end = first == null ? to : Math.min(to, from + first);
  const shown = nodes.slice(start, end);
  return {
    totalCount: nodes.length,
    nodes: shown,
    edges: shown.map((node, index) => ({ node, cursor: cursorOf(start + index) })),
    pageInfo: {
      hasNextPage: end < nodes.length,
      hasPreviousPage: start > 0,
      startCursor: shown.length === 0 ? null : cursorOf(start),
      endCursor: shown.length === 0 ? null : cursorOf(start + shown.length - 1),
    },
  };
}

function cursorOf(position: number): string {
  return Buffer.from(`cursor:${position}`).toString("base64");
}

function positionOf(cursor: string): number {
  return Number(Buffer.from(cursor, "base64").toString("utf8").split(":")[1]);
}
