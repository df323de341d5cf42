import { callValue } from "./call.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { evaluate } from "./evaluate.ts";
import { evaluateType } from "./evaluate-type.ts";
import { exportedValue } from "./exports.ts";
import { memberOf } from "./member.ts";
import { createModuleGraph, type ModuleGraph } from "./module-graph.ts";
import { classOf, type Project, type ProjectSource, type SourceUnit } from "./project.ts";
import { type Reference, UNKNOWN, type Value } from "./values.ts";

/** Opens a project over a source; files are read when resolution first needs them. */
export function createProject(source: ProjectSource): Project {
  return openProject(
    source,
    createModuleGraph(source.paths, source.factsPaths, source.packageRoots),
    new Map(),
  );
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

/**
 * The same files, asked for things that are not worth fetching a file for: what is not at hand is unknown and is not
 * noted as missing.
 */
export function quietProject({ source, modules, units, subclasses }: Project): Project {
  return openProject(source, modules, units, subclasses);
}

/** Longest chain of questions that is followed; real code stays below a quarter of it. */
const MAX_DEPTH = 200;
/** Most questions one use may ask; real code needs a few hundred. */
const MAX_STEPS = 30_000;

/** Most questions the uses of one file may ask together. */
export const MAX_FILE_STEPS = 1_000_000;
/** From so many questions left open on, the code is hostile and each use gets less. */
const MANY_CUT_OFF = 200;

/** Answers a question unless it is too deep in others, or too many were asked already: then with `otherwise`. */
function bounded<T>(project: Project, otherwise: T, answer: () => T): T {
  if (project.depth === 0) project.steps = 0;
  const most = project.cutOff < MANY_CUT_OFF ? MAX_STEPS : MAX_STEPS / 30;
  if (project.depth > MAX_DEPTH || project.steps > most || project.fileSteps > MAX_FILE_STEPS) {
    project.cutOff += 1;
    return otherwise;
  }
  project.depth += 1;
  project.steps += 1;
  project.fileSteps += 1;
  try {
    return answer();
  } finally {
    project.depth -= 1;
  }
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
    generics: new Map(),
    typeParameters: new Map(),
    linearizations: new Map(),
    subclasses,
    outsideAssignments: new Map(),
    depth: 0,
    linearizing: 0,
    steps: 0,
    fileSteps: 0,
    cutOff: 0,
    evaluate: (expression, place) => bounded(project, UNKNOWN, () => evaluate(project, expression, place)),
    evaluateType: (annotation, place) =>
      bounded(project, UNKNOWN, () => evaluateType(project, annotation, place)),
    member: (value, name) => bounded(project, UNKNOWN, () => memberOf(project, value, name)),
    exported: (file, name) =>
      bounded<Value | null>(project, UNKNOWN, () => exportedValue(project, file, name)),
    call: (value, given) => bounded(project, UNKNOWN, () => callValue(project, value, given)),
    capabilities: (value) => capabilitiesOf(project, value),
    classFacts: (reference) => classOf(project, reference),
  };
  return project;
}
