import { decoratorEffect } from "../project/decorators.ts";
import { functionResult } from "../project/function-result.ts";
import { linearize } from "../project/linearize.ts";
import { classOf, type LinearClass, methodsOf } from "../project/project.ts";
import { qualifiedName } from "../project/qualified-name.ts";
import type { ClassFacts, FunctionFacts } from "../python/facts.ts";
import { contains } from "../python/location.ts";
import { awaitsSomething, deleteAsync } from "./delete-async.ts";
import type { Repair } from "./repair.ts";
import type { Draft, FileView, Rule } from "./rule.ts";
import { AWAITABLE_BY_DESIGN, SYNC_SPECIAL_METHODS } from "./special-methods.ts";

/** Special methods that are `async def` though Python does not await them, and the reverse. */
export const asyncSpecialMethod: Rule = {
  name: "async-special-method",
  code: "YS121",
  severity: "error",
  isOnByDefault: true,
  summary: "A special method is asynchronous where Python calls it synchronously, or the reverse.",
  family: "mismatch",
  *check(file) {
    const { functions, scopes, brokenRegions } = file.unit.facts;
    for (const [index, method] of functions.entries()) {
      const scope = scopes[method.parentScope];
      if (scope?.kind !== "class" || brokenRegions.some((region) => contains(region, method.nameSpan)))
        continue;
      if (method.isAsync && method.decorators.length > 0 && isPropertyAccessor(file, method))
        yield propertyDraft(method);
      if (!/^__\w+__$/.test(method.name) || !isPlainlyDecorated(file, method)) continue;
      const draft = checkMethod(file, index, method, scope.subject);
      if (draft !== null) yield draft;
    }
  },
};

function checkMethod(file: FileView, index: number, method: FunctionFacts, owner: number): Draft | null {
  const { name, isAsync } = method;
  if (!isAsync) return ASYNC_METHODS.has(name) ? plainMethod(file, index, method) : null;
  if (name === "__aiter__")
    return method.yields.length > 0 || method.isStub ? null : asyncAiter(file, method);
  const reason = SYNC_SPECIAL_METHODS.get(name);
  if (reason === undefined || isMeantToBeAwaited(file, method, owner)) return null;
  return draftOf(method, `\`${name}\` is \`async def\`, but Python calls it without awaiting it.`, reason, {
    remedy: remedyOf(name),
    repair: repairOf(file, method),
  });
}

const ASYNC_METHODS = new Set(["__aenter__", "__aexit__", "__anext__"]);

function isPlainlyDecorated(file: FileView, { decorators, parentScope, start }: FunctionFacts): boolean {
  const place = { file: file.path, scope: parentScope, block: 0, at: start };
  return decorators.every((one) => decoratorEffect(file.project, one, place) === "transparent");
}

/** The code itself awaits what the method returns, or another class in play may do so. */
function isMeantToBeAwaited(file: FileView, method: FunctionFacts, owner: number): boolean {
  const { name } = method;
  const facts = file.unit.facts.classes[owner];
  if (facts === undefined || isAlias(file, facts, name)) return true;
  const { text } = file.unit;
  if (new RegExp(`\\bawait\\s+(?!super\\()[\\w.()\\[\\]]+\\.${name}\\(`).test(text)) return true;
  const order = linearize(file.project, { file: file.path, index: owner });
  if (order.includes(null)) return true;
  if (AWAITABLE_BY_DESIGN.has(name))
    return method.isStub || awaitsSomething(file, method) || /\bawait\s+\(*[\w.]+\[/.test(text);
  if (name === "__init__") return order.some((one) => hasAsyncNew(file, one));
  if (name === "__post_init__") return !order.some((one) => isDataclass(file, one));
  return false;
}

/** `__aenter__ = __enter__`: one body serves two protocols. */
function isAlias({ unit }: FileView, { scope }: ClassFacts, name: string): boolean {
  const all = Object.values(unit.facts.scopes[scope]?.bindings ?? {}).flat();
  return all.some(({ target }) => {
    if (target.kind !== "value") return false;
    const { value } = target;
    return (value?.kind === "name" || value?.kind === "attribute") && value.name === name;
  });
}

/** An asynchronous `__new__` may await `__init__` itself. */
function hasAsyncNew({ project }: FileView, reference: LinearClass): boolean {
  if (reference === null) return false;
  return methodsOf(project, reference).some(({ name, isAsync }) => name === "__new__" && isAsync);
}

function isDataclass({ project }: FileView, reference: LinearClass): boolean {
  const facts = reference === null ? null : classOf(project, reference);
  if (reference === null || facts === null) return false;
  const place = { file: reference.file, scope: facts.parentScope, block: 0, at: facts.start };
  return facts.decorators.some((one) => {
    const callee = one.kind === "call" ? one.callee : one;
    return qualifiedName(project, callee, place) === "dataclasses.dataclass";
  });
}

function asyncAiter(file: FileView, method: FunctionFacts): Draft {
  const [only] = method.returns;
  const givesSelf =
    method.returns.length === 1 && only?.kind === "name" && only.name === method.parameters[0]?.name;
  const isPlain = givesSelf && !awaitsSomething(file, method);
  const step = isPlain ? deleteAsync(file, method) : null;
  return draftOf(
    method,
    "`__aiter__` is `async def` and contains no `yield`, so it gives a coroutine.",
    "`async for` raises `TypeError: 'async for' received an object from __aiter__ that does not implement __anext__: coroutine`.",
    {
      remedy: "Make it a plain `def` that returns the iterator; awaiting is done in `__anext__`.",
      repair: step === null ? null : { title: "Remove `async`", grade: "A", caution: null, steps: [step] },
    },
  );
}

/** `def __aenter__` and the like that certainly give something that cannot be awaited. */
function plainMethod(file: FileView, index: number, method: FunctionFacts): Draft | null {
  if (method.isStub || method.yields.length > 0 || method.decorators.length > 0) return null;
  const callee = {
    kind: "function" as const,
    reference: { file: file.path, index },
    receiver: null,
    wrappings: [],
    hops: [],
  };
  const result = functionResult(file.project, callee, null);
  const isHearsay = result.kind === "instance" && result.isHearsay;
  if ((result.doubts ?? 0) !== 0 || isHearsay || file.project.capabilities(result).awaitable !== "no")
    return null;
  const { name } = method;
  const statement = name === "__anext__" ? "async for" : "async with";
  const complaint =
    name === "__anext__"
      ? "`TypeError: 'async for' received an invalid object from __anext__`"
      : `\`TypeError: 'async with' received an object from ${name} that does not implement __await__\``;
  return draftOf(
    method,
    `\`${name}\` is a plain \`def\` that returns something that cannot be awaited.`,
    `\`${statement}\` awaits what it returns and raises ${complaint}.`,
    { remedy: "Make it `async def`.", repair: null },
  );
}

/** `@name.setter` and `@name.deleter` of a property of the same class. */
function isPropertyAccessor(
  file: FileView,
  { decorators, parentScope, name, start }: FunctionFacts,
): boolean {
  const [decorator] = decorators;
  if (decorators.length !== 1 || decorator?.kind !== "attribute") return false;
  if (decorator.name !== "setter" && decorator.name !== "deleter") return false;
  const { object } = decorator;
  if (object.kind !== "name" || object.name !== name) return false;
  const first = file.unit.facts.scopes[parentScope]?.bindings[name]?.[0]?.target;
  const getter = first?.kind === "function" ? file.unit.facts.functions[first.index] : undefined;
  const [above] = getter?.decorators ?? [];
  if (getter?.decorators.length !== 1 || above === undefined) return false;
  const place = { file: file.path, scope: parentScope, block: 0, at: start };
  return qualifiedName(file.project, above, place) === "builtins.property";
}

function propertyDraft(method: FunctionFacts): Draft {
  const decorator = method.decorators[0];
  const accessor = decorator?.kind === "attribute" ? decorator.name : "setter";
  const act = accessor === "setter" ? "An assignment to" : "`del` of";
  return draftOf(
    method,
    `The ${accessor} of the property \`${method.name}\` is \`async def\`.`,
    `${act} the property cannot be awaited: Python drops the coroutine, and the body never runs.`,
    { remedy: "Write an `async def` method with a name of its own and await that.", repair: null },
  );
}

function remedyOf(name: string): string {
  if (name === "__init__" || name === "__new__" || name === "__post_init__")
    return "Do the asynchronous part in an `async def` class method that creates the object, or in `__aenter__`.";
  if (name === "__enter__" || name === "__exit__")
    return `Name it \`__a${name.slice(2)}\` and use \`async with\`, or make it a plain \`def\`.`;
  if (name === "__iter__" || name === "__next__")
    return `Name it \`__a${name.slice(2)}\` and use \`async for\`, or make it a plain \`def\`.`;
  return "Make it a plain `def`, or give the asynchronous operation a method with a name of its own.";
}

function repairOf(file: FileView, method: FunctionFacts): Repair | null {
  const step = awaitsSomething(file, method) ? null : deleteAsync(file, method);
  return step === null
    ? null
    : {
        title: "Remove `async`",
        grade: "B",
        caution:
          "The body now runs when Python calls the method; code that awaits the method by name has to change.",
        steps: [step],
      };
}

function draftOf(
  { nameSpan }: FunctionFacts,
  problem: string,
  reason: string,
  { remedy, repair }: { readonly remedy: string; readonly repair: Repair | null },
): Draft {
  return { span: nameSpan, message: { problem, reason, remedy }, chain: [], repair };
}
