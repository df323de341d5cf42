import { type Context, isNeeded, joinOverloads, type Vocabulary, withNeeded } from "./reduce-parameters.ts";
import { type ClassItem, type FunctionItem, type Item, isOverload, type Stub } from "./stub.ts";

// Methods that say nothing about how an object is consumed.
const NOISE = new Set(
  (
    "__repr__ __str__ __hash__ __eq__ __ne__ __reduce__ __reduce_ex__ __sizeof__ __format__ __dir__ " +
    "__getstate__ __setstate__ __copy__ __deepcopy__ __class_getitem__ __init_subclass__ __bool__ __int__ " +
    "__float__ __complex__ __index__ __bytes__ __fspath__ __delattr__ __setattr__ __getnewargs__ " +
    "__buffer__ __release_buffer__ __subclasshook__ __instancecheck__ __subclasscheck__ __prepare__ __ceil__ " +
    "__floor__ __round__ __trunc__ __del__ __replace__ __rich_repr__ __getnewargs_ex__ __del__ __length_hint__"
  ).split(" "),
);

/** How much of a module is kept. */
export type Detail = Context["detail"];

/**
 * Drops what no question needs. "full" keeps all parameters; "reduced" those that type variables, overloads,
 * callables or `self` need; "names" only those of type variables, and it joins overloads.
 */
export function reduceStub(stub: Stub, detail: Detail, vocabulary: Vocabulary): void {
  stub.items = reduceItems(stub.items, { detail, vocabulary, owner: null });
  if (detail !== "names") return;
  stub.items = stub.items.filter(
    (item) =>
      item.kind !== "value" ||
      /^(TypeAlias)?$/.test(item.annotation ?? "") ||
      !/^[A-Z0-9_]+$/.test(item.name),
  );
}

function reduceItems(items: readonly Item[], context: Context): Item[] {
  const kept: Item[] = [];
  const seen = new Set<string>();
  for (const item of items) {
    if (item.kind === "class") {
      item.body = reduceItems(item.body, { ...context, owner: item });
      kept.push(item);
    } else if (item.kind === "value") {
      kept.push(item);
    } else if (!isNoise(item, context, context.owner)) {
      if (context.detail === "full") kept.push(item);
      else if (!isOverload(item)) kept.push(withNeeded(item, context));
      else if (!seen.has(item.name)) {
        seen.add(item.name);
        const all = items.filter(
          (one): one is FunctionItem => one.kind === "function" && one.name === item.name && isOverload(one),
        );
        kept.push(...joinOverloads(all, context));
      }
    }
  }
  return kept;
}

function isNoise(item: FunctionItem, context: Context, owner: ClassItem | null): boolean {
  if (owner === null) return false;
  if (NOISE.has(item.name)) return !item.isAsync;
  if (context.detail === "full") return false;
  if (item.name !== "__init__" && item.name !== "__new__")
    return /^__(lt|gt|le|ge|len|contains|delitem|setitem)__$/.test(item.name);
  return !item.parameters.some((one) => isNeeded(one, item, context));
}
