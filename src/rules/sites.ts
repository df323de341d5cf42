import type { Consumption } from "../python/facts.ts";
import type { Span } from "../python/location.ts";
import type { FileView, UseSite } from "./rule.ts";

type Way = Consumption["way"];
type Of<Name extends Way> = Extract<Consumption, { way: Name }>;

/** The uses of a file that consume in one way, with the consumption's own type. */
export function* sitesOf<Name extends Way>(file: FileView, way: Name): Generator<UseSite<Of<Name>>> {
  for (const site of file.sites) if (isOf(site, way)) yield site;
}

function isOf<Name extends Way>(site: UseSite, way: Name): site is UseSite<Of<Name>> {
  return site.consumption.way === way;
}

/** Source text for messages: on one line and short, in back-ticks. */
export function quote(file: FileView, span: Span): string {
  const text = file.unit.text.slice(span.start, span.end).replace(/\s+/g, " ").replaceAll("`", "'");
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}
