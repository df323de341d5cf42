import type { Hop } from "../project/hop.ts";
import { linearize } from "../project/linearize.ts";
import {
  classOf,
  functionOf,
  isLibrary,
  libraryModule,
  type Project,
  scopeOf,
  unitOf,
} from "../project/project.ts";
import { isStandardLibrary } from "../project/standard-library.ts";
import type { Reference } from "../project/values.ts";
import type { ClassFacts, FunctionFacts } from "../python/facts.ts";
import { contains } from "../python/location.ts";
import { type Shape, type ShapedFunction, shapedFunction } from "./callable-shape.ts";
import { deleteAsync } from "./delete-async.ts";
import { isTestFile } from "./is-test-file.ts";
import { acceptsEither, isUsedAsDeclared } from "./is-used-as-declared.ts";
import { generatorOverride, isIteratedHere, isIteratorStub } from "./iterator-stubs.ts";
import { mismatchedOverload } from "./mismatched-overload.ts";
import type { Draft, FileView, Rule } from "./rule.ts";

/** A method or overload that is used in another way than the one it overrides, declares or implements. */
export const asyncSignatureMismatch: Rule = {
  name: "async-signature-mismatch",
  code: "YS120",
  severity: "warning",
  isOnByDefault: true,
  summary: "A method is asynchronous in another way than the one it overrides or declares.",
  family: "other",
  *check(file) {
    if (isTestFile(file.path)) return;
    const { functions, classes, scopes, brokenRegions } = file.unit.facts;
    for (const [index, facts] of functions.entries()) {
      if (brokenRegions.some((region) => contains(region, facts.nameSpan))) continue;
      const scope = scopes[facts.parentScope];
      const owner = scope?.kind === "class" ? classes[scope.subject] : undefined;
      const draft =
        stubDraft(file, index, facts, owner) ??
        mismatchedOverload(file, index, facts) ??
        (scope === undefined || owner === undefined
          ? null
          : overrideDraft(file, index, owner, scope.subject));
      if (draft !== null) yield draft;
    }
  },
};

/** A declaration that promises a coroutine where the implementations are async generators. */
function stubDraft(
  file: FileView,
  index: number,
  facts: FunctionFacts,
  owner: ClassFacts | undefined,
): Draft | null {
  if (owner === undefined || !isIteratorStub(file, index, facts)) return null;
  const scope = file.unit.facts.scopes[facts.parentScope];
  const found = generatorOverride(file.project, { file: file.path, index: scope?.subject ?? -1 }, facts.name);
  if (found === null && !isIteratedHere(file, index, facts)) return null;
  const step = deleteAsync(file, facts);
  return {
    span: facts.nameSpan,
    message: {
      problem: `\`${facts.name}\` is declared \`async def\` without \`yield\`, so calling it gives a coroutine, not an async iterator.`,
      reason:
        found === null
          ? "The code iterates over the call with `async for`, which needs an async iterator."
          : "Its implementation is an async generator, which is iterated with `async for` and cannot be awaited.",
      remedy: "Declare it with a plain `def`: the annotation then is what the call gives.",
    },
    chain: found === null ? [] : [hopTo(file.project, found, "an async generator")],
    repair:
      step === null
        ? null
        : {
            title: "Remove `async` from the declaration",
            grade: "B",
            caution: "Callers that await the method and then iterate have to change.",
            steps: [step],
          },
  };
}

/** A method whose base class has it in another kind. */
function overrideDraft(file: FileView, index: number, owner: ClassFacts, subject: number): Draft | null {
  const facts = file.unit.facts.functions[index];
  if (facts === undefined || owner.bases.length === 0) return null;
  const { name } = facts;
  if (name.startsWith("__") || isMarkedAsKnown(file, facts)) return null;
  const base = overridden(file.project, { file: file.path, index: subject }, name);
  if (base === null) return null;
  const own = shapedFunction(file.project, file.path, facts.parentScope, name);
  if (own === null || own.value.reference.index !== index) return null;
  const inherited = shapedFunction(file.project, base.reference.file, base.owner.scope, name);
  if (inherited === null || own.shape === inherited.shape) return null;
  if (!isComparable(file.project, own, inherited, owner, base)) return null;
  return {
    span: facts.nameSpan,
    message: {
      problem: `\`${owner.name}.${name}\` ${GIVES[own.shape]}, but the method that it overrides ${GIVES[inherited.shape]}.`,
      reason: REASONS[inherited.shape],
      remedy: "Make both of one kind, or give the method another name.",
    },
    chain: [hopTo(file.project, inherited.value.reference, NOUNS[inherited.shape])],
    repair: null,
  };
}

const GIVES: Readonly<Record<Shape, string>> = {
  coroutine: "gives a coroutine",
  "async-generator": "is an async generator",
  "async-context-manager": "gives an async context manager",
  plain: "gives a plain value",
};

const NOUNS: Readonly<Record<Shape, string>> = {
  coroutine: "a coroutine function",
  "async-generator": "an async generator",
  "async-context-manager": "an async context manager function",
  plain: "a plain function",
};

const REASONS: Readonly<Record<Shape, string>> = {
  coroutine:
    "Code that knows the base class awaits the call, which raises `TypeError` for an object of this class.",
  "async-generator":
    "Code that knows the base class iterates over the call with `async for`, which raises `TypeError` for an object of this class.",
  "async-context-manager":
    "Code that knows the base class enters the call with `async with`, which raises `TypeError` for an object of this class.",
  plain:
    "Code that knows the base class uses the call's value as it is; of an object of this class it gets something that never runs.",
};

interface Overridden {
  readonly reference: Reference;
  readonly owner: ClassFacts;
}

/** The nearest class in the order of bases that has the name; null where a base in front of it is not known. */
function overridden(project: Project, reference: Reference, name: string): Overridden | null {
  for (const one of linearize(project, reference).slice(1)) {
    const owner = one === null ? null : classOf(project, one);
    if (one === null || owner === null) return null;
    if (owner.selfAttributes[name] !== undefined) return null;
    if (scopeOf(project, one.file, owner.scope)?.bindings[name] !== undefined)
      return { reference: one, owner };
  }
  return null;
}

/** The author has told another tool that the signature differs on purpose. */
function isMarkedAsKnown({ unit }: FileView, { start, nameSpan }: FunctionFacts): boolean {
  const after = unit.text.slice(nameSpan.end, nameSpan.end + 2_000);
  const end = /:[ \t]*(#[^\n]*)?\r?$/m.exec(after);
  const head =
    unit.text.slice(start, nameSpan.end) + after.slice(0, end === null ? 0 : end.index + end[0].length);
  return /#\s*((type|pyright|pyrefly|ty|mypy):\s*ignore|pylint:|noqa)/.test(head);
}

/** False where the two are meant to differ, or callers take either kind. */
function isComparable(
  project: Project,
  own: ShapedFunction,
  inherited: ShapedFunction,
  owner: ClassFacts,
  base: Overridden,
): boolean {
  const overriding = functionOf(project, own.value.reference);
  const { file } = own.value.reference;
  const names = [
    scopeOf(project, file, owner.scope)?.qualifiedName,
    scopeOf(project, base.reference.file, base.owner.scope)?.qualifiedName,
  ];
  // Also for a class within the twin of another: `AsyncSearch.Batch(Search.Batch)`.
  const [ownTwin, baseTwin] = names.map((name) => twinOf(name ?? ""));
  if (overriding === null || overriding.isStub || ownTwin !== baseTwin) return false;
  if (acceptsEither(unitOf(project, file)?.text ?? "")) return false;
  const { reference } = base;
  const declared = functionOf(project, inherited.value.reference);
  // A declaration that mentions an async iterator in its type may stand for either kind.
  const unit = unitOf(project, inherited.value.reference.file);
  const annotation = declared?.isStub === true ? declared.returnAnnotation : null;
  if (annotation !== null && /Async\w/.test(unit?.text.slice(annotation.start, annotation.end) ?? "Async_"))
    return false;
  if (isLibrary(reference.file)) {
    // What the standard library calls synchronously, it calls so always.
    const [top = ""] = libraryModule(reference.file).split(".");
    return isStandardLibrary(top) && inherited.shape === "plain";
  }
  if (acceptsEither(unitOf(project, reference.file)?.text ?? "")) return false;
  // What is asynchronous in the base class is awaited or iterated by whoever knows it; what is plain there, and
  // handlers, are often called by code that takes either kind.
  if (inherited.shape !== "plain" && !HANDLER.test(overriding.name)) return true;
  return isUsedAsDeclared(project, reference, overriding.name, inherited.shape, file);
}

const HANDLER = /^_?(on|handle|watch|action|key|validate|compute)_/;

/** `AsyncClient(Client)`, `SyncMessage(Message)`: the twin of a class is not used in its place. */
function twinOf(name: string): "async" | "sync" | null {
  if (/async|aio/i.test(name)) return "async";
  return /sync/i.test(name) ? "sync" : null;
}

function hopTo(project: Project, reference: Reference, noun: string): Hop {
  const facts = functionOf(project, reference);
  const unit = unitOf(project, reference.file);
  const name = scopeOf(project, reference.file, facts?.scope ?? -1)?.qualifiedName ?? "";
  if (facts === null || unit === null || isLibrary(reference.file))
    return {
      path: reference.file,
      line: 0,
      text: `\`${name}\` of the library \`${libraryModule(reference.file)}\` is ${noun}`,
    };
  return { path: reference.file, line: unit.locate(facts.nameSpan).line, text: `\`${name}\` is ${noun}` };
}
