import type { RouteAnswer } from "./routes.ts";

/** The `Link` header of a list with a further page; empty for anything else. */
export function nextLink(url: URL, { body, total }: RouteAnswer): Record<string, string> {
  const count = total ?? (body as { total_count?: unknown } | null)?.total_count;
  if (typeof count !== "number") return {};
  const size = Math.min(100, Number(url.searchParams.get("per_page") ?? "30"));
  const number = Number(url.searchParams.get("page") ?? "1");
  if (number * size >= count) return {};
  const next = new URL(url);
  next.searchParams.set("page", String(number + 1));
  return { link: `<${next.href}>; rel="next"` };
}
