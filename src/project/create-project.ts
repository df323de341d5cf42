import { callValue } from "./call.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { evaluate } from "./evaluate.ts";
import { evaluateType } from "./evaluate-type.ts";
import { exportedValue } from "./exports.ts";
import { memberOf } from "./member.ts";
import { createModuleGraph, type ModuleGraph } from "./module-graph.ts";
import { classOf, type Project, type ProjectSource, type SourceUnit } from "./project.ts";
import type { Reference } from "./values.ts";

/** Opens a project over a source; files are read when resolution first needs them. */
export function createProject(source: ProjectSource): Project {
  return openProject(source, createModuleGraph(source.paths, source.factsPaths), new Map());
}

/** The same project with another content of one file: nothing resolved before is taken over. */
export function overlayProject(project: Project, file: string, unit: SourceUnit): Project {
  return openProject(
    project.source,
    project.modules,
    new Map([...project.units, [file, unit]]),
    project.subclasses,
  );
}

function openProject(
  source: ProjectSource,
  modules: ModuleGraph,
  units: Map<string, SourceUnit | null>,
  subclasses: Map<string, Reference[]> = new Map(),
): Project {
  const project: Project = {
    source,
    modules,
    units,
    missing: new Set(),
    answers: new Map(),
    scopeSpans: new Map(),
    typeParameters: new Map(),
    linearizations: new Map(),
    subclasses,
    outsideAssignments: new Map(),
    depth: 0,
    steps: 0,
    cutOff: 0,
    evaluate: (expression, place) => evaluate(project, expression, place),
    evaluateType: (annotation, place) => evaluateType(project, annotation, place),
    member: (value, name) => memberOf(project, value, name),
    exported: (file, name) => exportedValue(project, file, name),
    call: (value, given) => callValue(project, value, given),
    capabilities: (value) => capabilitiesOf(project, value),
    classFacts: (reference) => classOf(project, reference),
  };
  return project;
}
