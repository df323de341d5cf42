import type { Colors } from "picocolors/types.ts";
import { concise } from "./concise.ts";
import { full } from "./full.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import type { Report } from "./report.ts";
import { sarif } from "./sarif.ts";

/** Every output format by its name on the command line. */
export const FORMATS: Readonly<Record<string, (report: Report, colors: Colors) => string>> = {
  full,
  concise,
  json,
  sarif,
  github,
};
