/** A module reduced to what it declares: what the generator reads, changes and prints. */
export interface Stub {
  /** Dotted name of the module. */
  readonly module: string;
  readonly isPackage: boolean;
  /** The names in `__all__`; null without one. */
  readonly exports: ReadonlySet<string> | null;
  imports: ImportItem[];
  items: Item[];
}

/** `from module import name as bound`, `from module import *` (name "*"), or `import module as bound`. */
export interface ImportItem {
  readonly kind: "from" | "import";
  /** With its leading dots. */
  readonly module: string;
  readonly name: string;
  /** What the module's scope gets; for `import a.b` without `as` it is "a". */
  readonly bound: string;
  /** Written with `as`: for stubs this says that the name is exported. */
  readonly isAliased: boolean;
}

export type Item = FunctionItem | ClassItem | ValueItem;

export interface Parameter {
  /** "" , "*" or "**"; a bare "*" or "/" has no name. */
  readonly star: "" | "*" | "**" | "/";
  readonly name: string;
  annotation: string | null;
  readonly hasDefault: boolean;
}

export interface FunctionItem {
  readonly kind: "function";
  readonly name: string;
  isAsync: boolean;
  /** Has a `yield` in its own scope. */
  hasYield: boolean;
  readonly decorators: string[];
  readonly typeParameters: string;
  parameters: Parameter[];
  returns: string | null;
}

export interface ClassItem {
  readonly kind: "class";
  readonly name: string;
  readonly decorators: string[];
  readonly typeParameters: string;
  bases: string[];
  body: Item[];
}

/** An attribute, an alias or a type variable. */
export interface ValueItem {
  readonly kind: "value";
  readonly name: string;
  annotation: string | null;
  value: string | null;
}

export function isOverload(item: Item): boolean {
  return (
    item.kind === "function" && item.decorators.some((decorator) => /^(\w+\.)?overload$/.test(decorator))
  );
}

/** The identifiers in a piece of code, words in strings included. */
export function identifiers(text: string | null): string[] {
  return text === null ? [] : (text.match(/[A-Za-z_]\w*/g) ?? []);
}

/** All the code of an item, for looking for names in it. */
export function codeOf(item: Item): string {
  switch (item.kind) {
    case "value":
      return `${item.annotation ?? ""} ${item.value ?? ""}`;
    case "function":
      return [
        ...item.decorators,
        item.typeParameters,
        ...item.parameters.map(({ annotation }) => annotation ?? ""),
        item.returns ?? "",
      ].join(" ");
    case "class":
      return [...item.decorators, item.typeParameters, ...item.bases, ...item.body.map(codeOf)].join(" ");
  }
}

/** The module an import means, as a dotted name; `from . import x` in `a.b` gives "a". */
export function absoluteModule(stub: Stub, module: string): string {
  const level = /^\.*/.exec(module)?.[0].length ?? 0;
  if (level === 0) return module;
  const parts = stub.module.split(".");
  const kept = parts.slice(0, parts.length - level + (stub.isPackage ? 1 : 0));
  return [...kept, module.slice(level)].filter((part) => part !== "").join(".");
}

/** The file of a module below the folder of the facts. */
export function pathOf({ module, isPackage }: { module: string; isPackage: boolean }): string {
  return `${module.replaceAll(".", "/")}${isPackage ? "/__init__" : ""}.pyi`;
}
