import type { Expression } from "../python/expression.ts";
import { builtinInstance, isBuiltinTuple } from "./builtins.ts";
import { callableType } from "./callable-type.ts";
import { parseAnnotation } from "./parse-annotation.ts";
import type { Place, Project } from "./project.ts";
import { qualifiedName } from "./qualified-name.ts";
import { NONE, UNKNOWN, unionOf, type Value, withHops } from "./values.ts";

const TYPING = /^(typing|typing_extensions|collections\.abc|types|contextlib|asyncio)\./;

/** What a value with this annotation is; unknown for everything that promises no single class. */
export function evaluateType(project: Project, annotation: Expression, place: Place): Value {
  switch (annotation.kind) {
    case "literal":
      return annotation.type === "None" ? NONE : UNKNOWN;
    case "opaque":
      return UNKNOWN;
    case "string": {
      const parsed = parseAnnotation(annotation.value, annotation.start);
      return parsed === null ? UNKNOWN : project.evaluateType(parsed, place);
    }
    case "union":
      return unionOf(annotation.members.map((member) => project.evaluateType(member, place)));
    case "name":
    case "attribute":
      return plainType(project, annotation, place);
    case "subscript":
      return genericType(project, annotation, place);
    default:
      return UNKNOWN;
  }
}

function plainType(project: Project, annotation: Expression, place: Place): Value {
  if (annotation.kind === "name") {
    const known = place.types?.get(annotation.name);
    if (known !== undefined) return known.kind === "type-variable" ? known.bound() : known;
  }
  const special = specialType(project, qualifiedName(project, annotation, place), [], place);
  if (special !== null) return special;
  const value = project.evaluate(annotation, place);
  return typeValue(project, value);
}

/** What a value is whose annotation evaluates to `value`. */
function typeValue(project: Project, value: Value): Value {
  if (value.kind === "class") {
    const { reference, items, hops, name } = value;
    return { kind: "instance", reference, items, isExact: false, isHearsay: false, name, hops };
  }
  if (value.kind === "type-form") return value.instantiate(null);
  if (value.kind === "type-variable") return value.bound();
  if (value.kind === "unknown" && value.name !== undefined) return { ...value, name: `${value.name}()` };
  return value.kind === "union" ? unionOf(value.members.map((one) => typeValue(project, one))) : UNKNOWN;
}

function genericType(project: Project, annotation: Expression & { kind: "subscript" }, place: Place): Value {
  const name = qualifiedName(project, annotation.object, place);
  const special = specialType(project, name, annotation.items, place);
  if (special !== null) return special;
  const value = project.evaluate(annotation.object, place);
  if (value.kind === "type-form")
    return value.instantiate(annotation.items.map((item) => project.evaluateType(item, place)));
  if (value.kind !== "class") return UNKNOWN;
  const items = typeItems(project, value, annotation.items, place);
  if (items.isHeterogeneous) return { kind: "tuple", items: items.values, hops: value.hops };
  const { reference, hops, name: known } = value;
  return {
    kind: "instance",
    reference,
    items: items.values,
    isExact: false,
    isHearsay: false,
    name: known,
    hops,
  };
}

/** Forms that are not classes, and the generic types whose capabilities are exact. */
function specialType(
  project: Project,
  name: string | null,
  items: readonly Expression[],
  place: Place,
): Value | null {
  if (name === "builtins.type" && items.length === 1) {
    const [type] = items;
    return type === undefined ? null : classObject(project.evaluateType(type, place));
  }
  if (name === null || !TYPING.test(name)) return null;
  const last = name.slice(name.lastIndexOf(".") + 1);
  const item = (index: number): Value => {
    const expression = items[index];
    return expression === undefined ? UNKNOWN : project.evaluateType(expression, place);
  };
  switch (last) {
    case "Optional":
      return unionOf([item(0), NONE]);
    case "Union":
      return unionOf(items.map((_, index) => item(index)));
    case "Annotated":
    case "ClassVar":
    case "Final":
    case "Required":
    case "NotRequired":
    case "ReadOnly":
      return item(0);
    case "Coroutine":
    case "CoroutineType":
      return { kind: "coroutine", result: item(2), hops: [] };
    case "AsyncGenerator":
      if (name.startsWith("asyncio.")) return null;
      return { kind: "async-generator", element: item(0), isEndless: false, definition: null, hops: [] };
    case "Generator":
      if (name.startsWith("asyncio.")) return null;
      return { kind: "generator", element: item(0), returned: item(2), hops: [] };
    case "Self":
      return place.types?.get("Self") ?? UNKNOWN;
    case "TypeGuard":
    case "TypeIs":
      return builtinInstance(project, "bool", []);
    case "Callable":
      return callableType(project, items, place);
    case "Type":
      return classObject(item(0));
    case "Any":
    case "Literal":
    case "TypeVar":
    case "NoReturn":
    case "Never":
    case "TypeAlias":
    case "LiteralString":
    case "Hashable":
    case "Unpack":
    case "Concatenate":
      return UNKNOWN;
    case "AsyncContextManager":
    case "AbstractAsyncContextManager":
      return withHops({ kind: "async-context-manager", entered: item(0), hops: [] }, []);
    default: {
      const alias = BUILTIN_ALIASES.get(last);
      if (alias === undefined || !name.startsWith("typing")) return null;
      const object: Expression = { kind: "name", name: alias, start: 0, end: 0 };
      const builtins = { file: "facts:typing.pyi", scope: 0, block: 0, at: Number.MAX_SAFE_INTEGER };
      const value = project.evaluate(object, builtins);
      if (value.kind !== "class") return UNKNOWN;
      const { reference, hops } = value;
      const { values: types, isHeterogeneous } = typeItems(project, value, items, place);
      if (isHeterogeneous) return { kind: "tuple", items: types, hops };
      return { kind: "instance", reference, items: types, isExact: false, isHearsay: false, hops };
    }
  }
}

/** `tuple[A, B]` has one type a place, `tuple[A, ...]` and every other class one type a parameter. */
function typeItems(
  project: Project,
  value: Extract<Value, { kind: "class" }>,
  items: readonly Expression[],
  place: Place,
): { readonly values: Value[]; readonly isHeterogeneous: boolean } {
  const isTuple = isBuiltinTuple(project, value);
  const isEllipsis = (item: Expression | undefined): boolean =>
    item?.kind === "opaque" || (item?.kind === "literal" && item.type === "ellipsis");
  if (isTuple && items.length === 2 && isEllipsis(items[1])) {
    return {
      values: items.slice(0, 1).map((item) => project.evaluateType(item, place)),
      isHeterogeneous: false,
    };
  }
  return { values: items.map((item) => project.evaluateType(item, place)), isHeterogeneous: isTuple };
}

/** `type[C]` is `C` or a subclass of it. */
function classObject(value: Value): Value {
  if (value.kind !== "instance") return UNKNOWN;
  const { reference, items, hops, name } = value;
  return { kind: "class", reference, items, isOpen: true, name, hops };
}

const BUILTIN_ALIASES: ReadonlyMap<string, string> = new Map([
  ["List", "list"],
  ["Dict", "dict"],
  ["Set", "set"],
  ["FrozenSet", "frozenset"],
  ["Tuple", "tuple"],
  ["Text", "str"],
]);
