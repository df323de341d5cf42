import { absoluteModule, codeOf, type FunctionItem, type Item, identifiers, type Stub } from "./stub.ts";

const ASYNC_WORD =
  /\b(Awaitable|Coroutine|CoroutineType|Async\w+|AbstractAsyncContextManager|Future|Task|asynccontextmanager)\b/;

/** A definition at the top of a module. */
interface Node {
  readonly stub: Stub;
  readonly item: Item;
}

/**
 * Keeps the definitions from which something asynchronous can be reached, the bases of kept classes and the
 * decorators of kept functions. Everything else is left out: what is absent is unknown, never wrong.
 */
export function keepReachable(stubs: readonly Stub[]): void {
  const graph = createGraph(stubs);
  const users = new Map<Item, Item[]>();
  for (const node of graph.nodes)
    for (const target of graph.targets(node, promisesOf(node.item)))
      users.set(target, [...(users.get(target) ?? []), node.item]);
  const kept = new Set<Item>();
  const pending = graph.nodes.filter(({ item }) => isAsync(item)).map(({ item }) => item);
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (kept.has(item)) continue;
    kept.add(item);
    pending.push(...(users.get(item) ?? []));
  }
  const byItem = new Map(graph.nodes.map((node) => [node.item, node]));
  const needed = [...kept];
  for (let item = needed.pop(); item !== undefined; item = needed.pop()) {
    const node = byItem.get(item);
    if (node === undefined) continue;
    for (const target of graph.targets(node, basesOf(item))) {
      if (kept.has(target)) continue;
      kept.add(target);
      needed.push(target);
    }
  }
  for (const stub of stubs) stub.items = stub.items.filter((item) => kept.has(item));
}

function isAsync(item: Item): boolean {
  if (item.kind === "function")
    return item.isAsync || ASYNC_WORD.test(`${item.returns ?? ""} ${item.decorators.join(" ")}`);
  if (item.kind === "class")
    return item.bases.some((base) => ASYNC_WORD.test(base)) || item.body.some(isAsync);
  return ASYNC_WORD.test(codeOf(item));
}

/** The code that says what a user of the item gets from it. */
function promisesOf(item: Item): string {
  if (item.kind === "function") return `${item.returns ?? ""} ${item.decorators.join(" ")}`;
  if (item.kind === "class") return [...item.bases, ...item.body.map(promisesOf)].join(" ");
  return codeOf(item);
}

/** What a kept item cannot be understood without: bases, decorators, aliases, types of parameters it solves. */
function basesOf(item: Item): string {
  const ofFunction = ({ decorators, typeParameters }: FunctionItem): string =>
    `${decorators.join(" ")} ${typeParameters}`;
  if (item.kind === "function") return ofFunction(item);
  if (item.kind === "value") return codeOf(item);
  return [...item.bases, ...item.decorators, ...item.body.map(basesOf)].join(" ");
}

function createGraph(stubs: readonly Stub[]): {
  readonly nodes: readonly Node[];
  targets(node: Node, code: string): Set<Item>;
} {
  const byModule = new Map(stubs.map((stub) => [stub.module, stub]));
  const nodes = stubs.flatMap((stub) => stub.items.map((item): Node => ({ stub, item })));

  function find(stub: Stub | undefined, name: string, seen: Set<string>): Item[] {
    const key = `${stub?.module}:${name}`;
    if (stub === undefined || seen.has(key)) return [];
    seen.add(key);
    const own = stub.items.filter((item) => item.name === name);
    if (own.length > 0) return own;
    return stub.imports.flatMap((one) => {
      const target = byModule.get(absoluteModule(stub, one.module));
      if (one.bound === name && one.kind === "from") return find(target, one.name, seen);
      return one.name === "*" ? find(target, name, seen) : [];
    });
  }

  /** `module.Name` and `package.module.Name` are found as well: by their last words in imported modules. */
  function findDotted(stub: Stub, path: string): Item[] {
    const [first = "", ...rest] = path.split(".");
    const found = find(stub, first, new Set());
    if (found.length > 0 || rest.length === 0) return found;
    return stub.imports
      .filter(({ bound }) => bound === first)
      .flatMap((one) => {
        const module = absoluteModule(stub, one.module);
        const base = one.kind === "import" ? (one.isAliased ? module : first) : `${module}.${one.name}`;
        for (let length = rest.length - 1; length >= 0; length--) {
          const target = byModule.get([base, ...rest.slice(0, length)].join("."));
          if (target !== undefined) return find(target, rest[length] ?? "", new Set());
        }
        return [];
      });
  }

  return {
    nodes,
    targets({ stub, item }, code) {
      const paths = new Set(code.match(/[A-Za-z_][\w.]*/g) ?? identifiers(code));
      const found = new Set([...paths].flatMap((path) => findDotted(stub, path)));
      found.delete(item);
      return found;
    },
  };
}
