import { linearize } from "./linearize.ts";
import { classOf, type Project } from "./project.ts";
import type { Instance } from "./values.ts";

/** True for a dictionary whose keys are declared as the fields of a class. */
export function isTypedDict(project: Project, value: Instance): boolean {
  return linearize(project, value.reference).some((reference) => {
    const bases = reference === null ? [] : (classOf(project, reference)?.bases ?? []);
    return bases.some(
      (base) => (base.kind === "name" || base.kind === "attribute") && base.name === "TypedDict",
    );
  });
}
