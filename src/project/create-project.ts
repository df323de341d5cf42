import { callValue } from "./call.ts";
import { evaluate } from "./evaluate.ts";
import { evaluateType } from "./evaluate-type.ts";
import { exportedValue } from "./exports.ts";
import { memberOf } from "./member.ts";
import { createModuleGraph } from "./module-graph.ts";
import type { Project, ProjectSource } from "./project.ts";

/** Opens a project over a source; files are read when resolution first needs them. */
export function createProject(source: ProjectSource): Project {
  const project: Project = {
    source,
    modules: createModuleGraph(source.paths, source.factsPaths),
    units: new Map(),
    missing: new Set(),
    answers: new Map(),
    linearizations: new Map(),
    subclasses: new Map(),
    depth: 0,
    evaluate: (expression, place) => evaluate(project, expression, place),
    evaluateType: (annotation, place) => evaluateType(project, annotation, place),
    member: (value, name) => memberOf(project, value, name),
    exported: (file, name) => exportedValue(project, file, name),
    call: (value) => callValue(project, value),
  };
  return project;
}
