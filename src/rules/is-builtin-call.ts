import { qualifiedName } from "../project/qualified-name.ts";
import type { Consumption } from "../python/facts.ts";
import type { FileView, UseSite } from "./rule.ts";

/** False when a call such as `list(x)` names something else than the builtin; true for all other iterations. */
export function isBuiltinCall(
  file: FileView,
  site: UseSite<Extract<Consumption, { way: "iterate" }>>,
): boolean {
  const { callee, form } = site.consumption;
  if (form !== "builtin" || callee === null) return true;
  const { scope, block } = site.use;
  const name = qualifiedName(file.project, callee, { file: file.path, scope, block, at: site.start });
  return name?.startsWith("builtins.") ?? false;
}
