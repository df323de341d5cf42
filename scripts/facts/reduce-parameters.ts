import { type ClassItem, type FunctionItem, identifiers, type Parameter, type Stub } from "./stub.ts";

/** What all modules of a bundle know together. */
export interface Vocabulary {
  readonly typeVariables: ReadonlySet<string>;
  /** Aliases of callables and awaitables. */
  readonly callables: ReadonlySet<string>;
}

export interface Context {
  readonly detail: "full" | "reduced" | "names";
  readonly vocabulary: Vocabulary;
  /** The class around a method. */
  readonly owner: ClassItem | null;
}

const CALLABLE = /^(Callable|Awaitable|Coroutine|CoroutineType|Concatenate|ParamSpec|Async\w+)$/;

/** Collects the type variables and the aliases of callables. */
export function vocabularyOf(stubs: readonly Stub[]): Vocabulary {
  const typeVariables = new Set(["AnyStr", "Self"]);
  const callables = new Set<string>();
  const values = stubs.flatMap(({ items }) => items.filter((item) => item.kind === "value"));
  for (const { name, value } of values)
    if (/^(\w+\.)?(TypeVar|ParamSpec|TypeVarTuple)\(/.test(value ?? "")) typeVariables.add(name);
  for (let size = -1; size !== callables.size; ) {
    size = callables.size;
    for (const { name, annotation, value } of values) {
      const isAlias = annotation === null || /TypeAlias$/.test(annotation);
      if (!isAlias || typeVariables.has(name)) continue;
      if (identifiers(value).some((word) => CALLABLE.test(word) || callables.has(word))) callables.add(name);
    }
  }
  return { typeVariables, callables };
}

/** True for parameters whose argument decides what the call gives. */
export function isNeeded(
  one: Parameter,
  item: FunctionItem,
  { detail, vocabulary, owner }: Context,
): boolean {
  const isConstructor = owner !== null && (item.name === "__init__" || item.name === "__new__");
  const own = new Set(identifiers(item.typeParameters + (owner?.typeParameters ?? "")));
  const results = new Set(identifiers(item.returns));
  if (one === item.parameters[0] && /^(self|cls)$/.test(one.name)) return one.annotation !== null;
  return identifiers(one.annotation).some((word) => {
    if (word === "Self" || word === "AnyStr") return false;
    if (vocabulary.typeVariables.has(word) || own.has(word)) return isConstructor || results.has(word);
    return detail === "reduced" && (CALLABLE.test(word) || vocabulary.callables.has(word));
  });
}

/** Drops the parameters behind the last needed one and the types of those before it. */
export function withNeeded(item: FunctionItem, context: Context): FunctionItem {
  const needed = item.parameters.map((one) => isNeeded(one, item, context));
  const firstStar = item.parameters.findIndex(({ star }) => star === "*");
  const lastPositional = needed.findLastIndex(
    (isOne, index) => isOne && (firstStar === -1 || index < firstStar),
  );
  const parameters = item.parameters.flatMap((one, index): Parameter[] => {
    if (needed[index]) return [one];
    const isBefore = index < lastPositional || (index === 0 && isMethod(item, context));
    const opensNeeded = index === firstStar && needed.includes(true, index);
    return isBefore || opensNeeded ? [{ ...one, annotation: null }] : [];
  });
  return { ...item, parameters };
}

function isMethod(item: FunctionItem, { owner }: Context): boolean {
  return owner !== null && !item.decorators.includes("staticmethod");
}

/** Overloads of one result are one function; others keep the parameters in which they differ. */
export function joinOverloads(all: readonly FunctionItem[], context: Context): FunctionItem[] {
  const [first] = all;
  if (first === undefined) return [];
  const joined = joinedResult(all, context);
  if (joined === null) return reduceOverloads(all, context);
  if (first.name === "__init__") return [];
  const self = first.parameters.slice(0, 1).map((one) => ({ ...one, annotation: null }));
  return [
    {
      ...first,
      returns: joined,
      decorators: first.decorators.filter((one) => !/overload$/.test(one)),
      parameters: isMethod(first, context) ? self : [],
    },
  ];
}

/** The one result of all overloads; in "names" all their results together. Null when it takes arguments to know. */
function joinedResult(all: readonly FunctionItem[], { detail, vocabulary, owner }: Context): string | null {
  const results = new Set(all.map(({ returns, isAsync }) => `${isAsync} ${returns}`));
  const [first] = all;
  if (first === undefined || first.returns === null) return null;
  const own = new Set(
    all.flatMap(({ typeParameters }) => identifiers(typeParameters + (owner?.typeParameters ?? ""))),
  );
  const isOpen = (returns: string | null): boolean =>
    identifiers(returns).some(
      (word) => word !== "Self" && (vocabulary.typeVariables.has(word) || own.has(word)),
    );
  if (first.name !== "__init__" && all.some(({ returns }) => isOpen(returns))) {
    const isPlain =
      detail === "names" && all.every(({ returns }) => !/^(_?[A-Z]+\d?|\w+T)$/.test(returns ?? ""));
    if (!isPlain) return null;
  }
  if (first.name === "__init__" && detail !== "names") return null;
  if (results.size === 1) return first.returns;
  if (detail !== "names" || new Set(all.map(({ isAsync }) => isAsync)).size > 1) return null;
  const heads = new Set(all.flatMap(({ returns }) => withoutItems(returns ?? "Any").split(" | ")));
  if (heads.size > 1) for (const open of ["Any", "IO", "MaybeNone"]) heads.delete(open);
  return heads.size <= 8 ? [...heads].join(" | ") : null;
}

/** "dict[str, list[int]] | None" without what stands in brackets. */
function withoutItems(type: string): string {
  let depth = 0;
  let result = "";
  for (const sign of type) {
    if (sign === "[") depth += 1;
    if (depth === 0) result += sign;
    if (sign === "]") depth -= 1;
  }
  return result;
}

/** Keyword parameters that are the same in all overloads go; `**_` stands for them. */
function reduceOverloads(all: readonly FunctionItem[], context: Context): FunctionItem[] {
  const isDiffering = (name: string): boolean => {
    const forms = all.map(({ parameters }) => {
      const one = parameters.find((parameter) => parameter.name === name);
      return one === undefined ? "" : `${one.annotation} ${one.hasDefault} ${one.star}`;
    });
    return new Set(forms).size > 1;
  };
  const reduced = all.map((item): FunctionItem => {
    let isKeywordOnly = false;
    let hasRest = false;
    const parameters = item.parameters.filter((one) => {
      if (one.star === "*") isKeywordOnly = true;
      if (one.star === "**" ? isNeeded(one, item, context) : !isKeywordOnly || one.star !== "") return true;
      if (one.star === "" && (isDiffering(one.name) || isNeeded(one, item, context))) return true;
      hasRest = true;
      return false;
    });
    const last = parameters.at(-1);
    if (last?.star === "*" && last.name === "") parameters.pop();
    if (hasRest && last?.star !== "**")
      parameters.push({ star: "**", name: "_", annotation: null, hasDefault: false });
    return { ...item, parameters };
  });
  return reduced.filter((item, index) => {
    const isSame = (other: FunctionItem): boolean => JSON.stringify(other) === JSON.stringify(item);
    return reduced.findIndex(isSame) === index;
  });
}
