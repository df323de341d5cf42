import {
  absoluteModule,
  type FunctionItem,
  type ImportItem,
  type Item,
  isOverload,
  type Stub,
} from "./stub.ts";

/** Words for one thing become one word, and what says nothing goes. */
export function normalise(stub: Stub): void {
  shortenAliases(stub);
  stub.items = normaliseItems(stub.items);
}

/** `CoroutineType as _k_types_CoroutineType` becomes `CoroutineType` where that name is free or means it already. */
function shortenAliases(stub: Stub): void {
  const owners = new Map<string, string>();
  const bindItems = (items: readonly Item[]): void => {
    for (const item of items) {
      owners.set(item.name, `${stub.module} ${item.name}`);
      if (item.kind === "class") {
        for (const { name } of item.body) owners.set(name, "a member");
        bindItems(item.body.filter(({ kind }) => kind === "class"));
      }
    }
  };
  const meaning = ({ module, name }: ImportItem): string => {
    const absolute = absoluteModule(stub, module);
    return `${/^(typing_extensions|collections\.abc|_collections_abc)$/.test(absolute) ? "typing" : absolute} ${name}`;
  };
  const isMade = (bound: string): boolean => /^_k_\w+$/.test(bound);
  for (const one of stub.imports) if (!isMade(one.bound)) owners.set(one.bound, meaning(one));
  for (const { name } of stub.items) owners.set(name, `${stub.module} ${name}`);
  bindItems(stub.items);
  // A name from `typing` and from `typing_extensions` is one binding.
  stub.imports = stub.imports.filter(
    (one, index, all) =>
      one.name === "*" ||
      all.findIndex((other) => other.bound === one.bound && meaning(other) === meaning(one)) === index,
  );
  const renamed = new Map<string, string>();
  stub.imports = stub.imports.flatMap((one): ImportItem[] => {
    if (!isMade(one.bound)) return [one];
    const owner = owners.get(one.name);
    if (owner !== undefined && owner !== meaning(one)) return [one];
    renamed.set(one.bound, one.name);
    if (owner !== undefined) return [];
    owners.set(one.name, meaning(one));
    return [{ ...one, bound: one.name, isAliased: false }];
  });
  mapCode(stub.items, (code) =>
    code.replace(/\b_k_\w+/g, (name) => {
      const short = renamed.get(name) ?? name;
      return short === "_SpecialForm" ? "Any" : short;
    }),
  );
}

/** Rewrites all code in the items. */
export function mapCode(items: readonly Item[], change: (code: string) => string): void {
  for (const item of items) {
    if (item.kind !== "value") item.decorators.splice(0, Infinity, ...item.decorators.map(change));
    if (item.kind === "class") {
      item.bases = item.bases.map(change);
      mapCode(item.body, change);
    } else if (item.kind === "value") {
      item.annotation = item.annotation === null ? null : change(item.annotation);
      item.value = item.value === null ? null : change(item.value);
    } else {
      item.returns = item.returns === null ? null : change(item.returns);
      for (const one of item.parameters)
        one.annotation = one.annotation === null ? null : change(one.annotation);
    }
  }
}

function normaliseItems(items: readonly Item[], isClass = false): Item[] {
  const overloaded = new Set(items.filter(isOverload).map(({ name }) => name));
  const named = isClass ? items.flatMap((item) => methodAlias(item, items)) : items;
  const kept = named.filter((item, index) => {
    const isRepeated = named.slice(0, index).some((one) => one.name === item.name && isSameItem(one, item));
    if (isRepeated) return false;
    if (item.kind !== "function") return item.name !== "__slots__" && item.name !== "__all__";
    if (item.decorators.some((one) => /\.(setter|deleter)$/.test(one))) return false;
    return isOverload(item) || !overloaded.has(item.name);
  });
  for (const item of kept) {
    if (item.kind === "value") {
      shortenValue(item);
      continue;
    }
    const loud = item.decorators.filter((one) => !SILENT.test(one));
    item.decorators.splice(0, Infinity, ...loud);
    if (item.kind === "class") item.body = normaliseItems(item.body, true);
    else normaliseFunction(item, isClass);
  }
  return kept;
}

function isSameItem(a: Item, b: Item): boolean {
  return a.kind === "function" && b.kind === "function" && JSON.stringify(a) === JSON.stringify(b);
}

/** `__enter__ = acquire` in a class is a method as well. */
function methodAlias(item: Item, items: readonly Item[]): Item[] {
  if (item.kind !== "value" || item.value === null || !/^\w+$/.test(item.value)) return [item];
  const methods = items.filter((one) => one.kind === "function" && one.name === item.value);
  return methods.length === 0 ? [item] : methods.map((one) => ({ ...one, name: item.name }));
}

// Decorators that only speak to type checkers.
const SILENT =
  /^((typing(_extensions)?\.)?(final|override|type_check_only|disjoint_base|runtime_checkable|dataclass_transform|deprecated)|warnings\.deprecated)\b/;

function normaliseFunction(item: FunctionItem, isMethod: boolean): void {
  const result = /^(?:\w+\.)?CoroutineType\[Any, Any, (.*)\]$/.exec(item.returns ?? "")?.[1];
  // `async def` that promises an async iterator is read with doubt: many stubs mean a generator by it.
  if (
    result !== undefined &&
    !item.isAsync &&
    !/^(\w+\.)*Async(Iterator|Iterable|Generator)\b/.test(result)
  ) {
    item.isAsync = true;
    item.returns = result;
  }
  if (item.isAsync && item.returns === "Any") item.returns = null;
  if (isMethod) useSelf(item);
}

/** `def f(self: _T) -> _T` says `Self`. */
function useSelf(item: FunctionItem): void {
  const [first, ...others] = item.parameters;
  const match = /^(?:(?:type|Type)\[)?(_?[A-Z]\w*)\]?$/.exec(first?.annotation ?? "");
  const variable = match?.[1];
  if (first === undefined || variable === undefined || !/^_?([A-Z]+\d?|\w*(T|Self|T_co))$/.test(variable))
    return;
  if (!/^(self|cls|mcs|metacls)$/.test(first.name)) return;
  const word = new RegExp(`\\b${variable}\\b`, "g");
  const change = (code: string | null): string | null => code?.replace(word, "Self") ?? null;
  first.annotation = null;
  for (const other of others) other.annotation = change(other.annotation);
  item.returns = change(item.returns);
}

function shortenValue(item: Extract<Item, { kind: "value" }>): void {
  const { annotation, value } = item;
  if (value === null) return;
  const isAlias = annotation === null || /(^|\.)TypeAlias$/.test(annotation);
  const isPlain = /^(\.\.\.|-?\d|[rbf]*["'])/.test(value);
  if (isAlias && !isPlain) return;
  if (!isAlias) item.value = null;
  else if (value.length > 20) item.value = "...";
}
