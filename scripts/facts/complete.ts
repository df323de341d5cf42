import { absoluteModule, type ClassItem, type FunctionItem, type Item, type Stub } from "./stub.ts";

// What decides how an object can be consumed.
const PROTOCOLS = new Set(
  (
    "__iter__ __next__ __enter__ __exit__ __await__ __getitem__ __getattr__ __aenter__ __aexit__ __aiter__ " +
    "__anext__ __get__ __call__"
  ).split(" "),
);

const PLAIN_DECORATOR = /^(staticmethod|classmethod|(abc\.)?abstractmethod)$/;

const PLAIN_RESULT =
  /^(None|bool|int|str|bytes|float|Self|list|dict|tuple|set|Iterator|Generator|Iterable|Sequence|Mapping)(\[.*\])?( \| None)?$/;

/**
 * Adds to stubs that somebody reduced what the sources of the package say: special methods, which functions are
 * generators and properties, plain results, and base classes that were left out.
 */
export function completeFrom(stubs: Stub[], sources: readonly Stub[]): void {
  const byModule = new Map(sources.map((source) => [source.module, source]));
  for (const stub of [...stubs]) {
    const source = byModule.get(stub.module);
    if (source !== undefined) completeItems(stub.items, source.items);
  }
  const pending = [...stubs];
  for (let stub = pending.pop(); stub !== undefined; stub = pending.pop()) {
    const source = byModule.get(stub.module);
    if (source === undefined) continue;
    for (const item of stub.items) {
      if (item.kind !== "class") continue;
      for (const base of item.bases) pending.push(...addBase(base, source));
    }
  }

  /** Copies the class a base names into the stubs, and gives the stubs that changed. */
  function addBase(base: string, user: Stub): Stub[] {
    const path = /^[\w.]+/.exec(base)?.[0] ?? "";
    const found = findClass(user, path.split("."), []);
    if (found === null) return [];
    for (const { stub, bound } of found.way) {
      const over = stubOf(stub);
      if (![...over.imports.map((one) => one.bound), ...over.items.map(({ name }) => name)].includes(bound))
        over.imports.push(...stub.imports.filter((one) => one.bound === bound));
    }
    const target = stubOf(found.source);
    if (target.items.some(({ name }) => name === found.item.name)) return [];
    target.items.unshift(outline(found.item));
    const bound = new Set(target.imports.map((one) => one.bound));
    target.imports.push(...found.source.imports.filter((one) => one.name !== "*" && !bound.has(one.bound)));
    return [target];
  }

  function stubOf(source: Stub): Stub {
    const known = stubs.find(({ module }) => module === source.module);
    if (known !== undefined) return known;
    const made: Stub = { ...source, exports: null, imports: [], items: [] };
    stubs.push(made);
    return made;
  }

  function findClass(stub: Stub, [name = "", ...rest]: readonly string[], way: readonly Hop[]): Found | null {
    if (way.length > 20 || way.some((one) => one.stub === stub && one.bound === name)) return null;
    const own = stub.items.find((item): item is ClassItem => item.kind === "class" && item.name === name);
    if (own !== undefined) return rest.length === 0 ? { source: stub, item: own, way } : null;
    for (const one of stub.imports.filter(({ bound }) => bound === name)) {
      const module = absoluteModule(stub, one.module);
      const further = [...way, { stub, bound: name }];
      const submodule = byModule.get(one.kind === "import" ? module : `${module}.${one.name}`);
      const target = byModule.get(module);
      const found =
        rest.length > 0 && submodule !== undefined
          ? findClass(submodule, rest, further)
          : one.kind === "from" && target !== undefined
            ? findClass(target, [one.name, ...rest], further)
            : null;
      if (found !== null) return found;
    }
    return null;
  }
}

/** An import on the way from a use to a definition. */
interface Hop {
  readonly stub: Stub;
  readonly bound: string;
}

interface Found {
  readonly source: Stub;
  readonly item: ClassItem;
  readonly way: readonly Hop[];
}

function completeItems(items: Item[], sources: readonly Item[]): void {
  for (const source of sources) {
    const own = items.filter(({ name }) => name === source.name);
    const [first] = own;
    if (first?.kind === "class" && source.kind === "class") {
      for (const method of source.body)
        if (PROTOCOLS.has(method.name) && !first.body.some(({ name }) => name === method.name))
          first.body.push(
            method.kind === "function"
              ? outlineFunction(method)
              : { kind: "value", name: method.name, annotation: "Any", value: null },
          );
      completeItems(first.body, source.body);
    }
    if (own.length === 1 && first?.kind === "function" && source.kind === "function")
      completeFunction(first, source);
  }
}

function completeFunction(item: FunctionItem, source: FunctionItem): void {
  const isPlain = source.decorators.every((decorator) => PLAIN_DECORATOR.test(decorator));
  if (source.isAsync && source.hasYield && isPlain) {
    item.returns ??= source.returns;
    item.isAsync = true;
    item.hasYield = true;
  }
  const isProperty = source.decorators.some((decorator) =>
    /(^|[._])(property|memoized_property)$/.test(decorator),
  );
  if (isProperty && !item.decorators.includes("property")) item.decorators.push("property");
  if (item.returns !== null || item.isAsync || source.isAsync || source.hasYield) return;
  if (isPlain && PLAIN_RESULT.test(source.returns ?? "")) item.returns = withoutItems(source.returns ?? "");
}

function withoutItems(type: string): string {
  return type.replace(/\[.*\]/, "");
}

/** A class as its names, with the results that stand for themselves. */
function outline(item: ClassItem): ClassItem {
  const body = item.body.flatMap((one): Item[] => {
    if (one.kind !== "function") return [];
    const isPrivate = one.name.startsWith("_") && !PROTOCOLS.has(one.name);
    return isPrivate ? [] : [outlineFunction(one)];
  });
  return { ...item, decorators: [], body };
}

function outlineFunction(item: FunctionItem): FunctionItem {
  const isPlain = item.returns !== null && PLAIN_RESULT.test(item.returns);
  const isOwn = item.isAsync || PROTOCOLS.has(item.name);
  const returns = isPlain ? withoutItems(item.returns ?? "") : isOwn ? item.returns : null;
  const self = item.parameters.slice(0, 1).map((one) => ({ ...one, annotation: null }));
  const decorators = item.decorators.filter((one) => PLAIN_DECORATOR.test(one) || one.endsWith("property"));
  return {
    ...item,
    decorators: decorators.map((one) => one.replace(/^.*property$/, "property")),
    parameters: self,
    returns,
  };
}
