import { functionOf } from "../project/project.ts";
import { qualifiedName } from "../project/qualified-name.ts";
import { signaturePlace } from "../project/type-parameters.ts";
import type { FunctionFacts } from "../python/facts.ts";
import { type Shape, shapeOf } from "./callable-shape.ts";
import { deleteAsync } from "./delete-async.ts";
import type { Draft, FileView } from "./rule.ts";

/** An `@overload` that is used in another way than the function that implements it. */
export function mismatchedOverload(file: FileView, at: number, facts: FunctionFacts): Draft | null {
  if (!isOverload(file, facts) || facts.decorators.length !== 1) return null;
  const implementation = implementationOf(file, facts);
  if (implementation === null) return null;
  const index = file.unit.facts.functions.indexOf(implementation);
  const reference = { file: file.path, index };
  const value = { kind: "function" as const, reference, receiver: null, wrappings: [], hops: [] };
  const shape = shapeOf(file.project, value);
  const declared = declaredShape(file, at, facts);
  if (shape === null || declared === null || shape === declared) return null;
  const step = declared === "coroutine" && shape === "async-generator" ? deleteAsync(file, facts) : null;
  return {
    span: facts.nameSpan,
    message: {
      problem: `This overload of \`${facts.name}\` ${DECLARES[declared]}, but the implementation ${GIVES[shape]}.`,
      reason: "Type checkers believe the overload; at run time callers get what the implementation gives.",
      remedy: "Declare the overload as what the implementation gives.",
    },
    chain: [
      {
        path: file.path,
        line: file.unit.locate(implementation.nameSpan).line,
        text: `the implementation of \`${facts.name}\` ${GIVES[shape]}`,
      },
    ],
    repair:
      step === null
        ? null
        : {
            title: "Remove `async` from the overload",
            grade: "B",
            caution: "Callers that await the function and then iterate have to change.",
            steps: [step],
          },
  };
}

const DECLARES: Readonly<Record<Shape, string>> = {
  coroutine: "promises a coroutine",
  "async-generator": "promises an async generator",
  "async-context-manager": "promises an async context manager",
  plain: "promises a plain value",
};

const GIVES: Readonly<Record<Shape, string>> = {
  coroutine: "gives a coroutine",
  "async-generator": "is an async generator",
  "async-context-manager": "gives an async context manager",
  plain: "gives a plain value",
};

function isOverload(file: FileView, { decorators, parentScope, start }: FunctionFacts): boolean {
  const place = { file: file.path, scope: parentScope, block: 0, at: start };
  return decorators.some((one) =>
    /^typing(_extensions)?\.overload$/.test(qualifiedName(file.project, one, place) ?? ""),
  );
}

/** The one definition of the name behind the overloads that is none itself and has no decorator. */
function implementationOf(file: FileView, { name, parentScope, start }: FunctionFacts): FunctionFacts | null {
  const bindings = file.unit.facts.scopes[parentScope]?.bindings[name] ?? [];
  const last = bindings.at(-1)?.target;
  const found =
    last?.kind === "function" ? functionOf(file.project, { file: file.path, index: last.index }) : null;
  if (found === null || found.decorators.length > 0 || found.start < start) return null;
  const others = bindings.slice(0, -1).map(({ target }) => target);
  const areOverloads = others.every((one) => {
    const facts = one.kind === "function" ? file.unit.facts.functions[one.index] : undefined;
    return facts !== undefined && isOverload(file, facts);
  });
  return areOverloads ? found : null;
}

/** What a declaration without a body promises to those who call it. */
function declaredShape(file: FileView, index: number, facts: FunctionFacts): Shape | null {
  if (facts.isAsync) return facts.yields.length > 0 ? "async-generator" : "coroutine";
  const place = signaturePlace(file.project, { file: file.path, index }, undefined);
  if (facts.returnAnnotation === null || place === null) return null;
  const annotated = file.project.evaluateType(facts.returnAnnotation, place);
  const { awaitable, asyncIterable, asyncContextManager } = file.project.capabilities(annotated);
  return awaitable === "no" && asyncIterable === "no" && asyncContextManager === "no" ? "plain" : null;
}
