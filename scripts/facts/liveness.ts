import { absoluteModule, codeOf, type ImportItem, identifiers, type Stub } from "./stub.ts";

/** Drops private definitions nobody refers to, and imports that nothing uses or exports. */
export function dropDead(
  stubs: readonly Stub[],
  isExported: (stub: Stub, item: ImportItem) => boolean,
): void {
  const byModule = new Map(stubs.map((stub) => [stub.module, stub]));
  const live = new Set<string>();
  const pending: [Stub, string][] = [];
  const mark = (stub: Stub | undefined, name: string): void => {
    const key = stub === undefined ? "" : `${stub.module}:${name}`;
    if (stub === undefined || live.has(key)) return;
    live.add(key);
    pending.push([stub, name]);
  };
  const privateMembers = new Map<string, Stub[]>();
  for (const stub of stubs) {
    for (const { name } of stub.items) {
      if (!name.startsWith("_") || /^__\w+__$/.test(name)) mark(stub, name);
      else privateMembers.set(name, [...(privateMembers.get(name) ?? []), stub]);
    }
    for (const one of stub.imports) if (one.kind === "from" && isExported(stub, one)) mark(stub, one.bound);
  }
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [stub, name] = next;
    for (const item of stub.items.filter((one) => one.name === name)) {
      const code = codeOf(item);
      for (const word of identifiers(code)) mark(stub, word);
      for (const [, last = ""] of code.matchAll(/\.(_\w+)/g))
        for (const other of privateMembers.get(last) ?? []) mark(other, last);
    }
    for (const one of stub.imports.filter(({ bound }) => bound === name)) {
      const target = byModule.get(absoluteModule(stub, one.module));
      if (one.kind === "from") markThroughStars(target, one.name, new Set());
    }
  }
  for (const stub of stubs) {
    const isLive = (name: string): boolean => live.has(`${stub.module}:${name}`);
    stub.items = stub.items.filter(({ name }) => isLive(name));
    const words = new Set(stub.items.flatMap((item) => identifiers(codeOf(item))));
    stub.imports = stub.imports.filter(
      (one) => one.name === "*" || isLive(one.bound) || words.has(one.bound),
    );
  }

  function markThroughStars(target: Stub | undefined, name: string, seen: Set<Stub>): void {
    if (target === undefined || seen.has(target)) return;
    seen.add(target);
    mark(target, name);
    for (const one of target.imports)
      if (one.name === "*") markThroughStars(byModule.get(absoluteModule(target, one.module)), name, seen);
  }
}

/** Imports `Self` and `Any` where they are used and not bound. */
export function importTypingNames(stub: Stub): void {
  const bound = new Set([...stub.imports.map((one) => one.bound), ...stub.items.map(({ name }) => name)]);
  const used = new Set(stub.items.flatMap((item) => identifiers(codeOf(item))));
  for (const name of ["Self", "Any"])
    if (used.has(name) && !bound.has(name))
      stub.imports.push({ kind: "from", module: "typing", name, bound: name, isAliased: false });
}
