/** What a type that pyright prints says about consumption; "instance" is an object of a class by name. */
export type RevealedKind =
  | "coroutine"
  | "awaitable"
  | "async-generator"
  | "async-iterable"
  | "async-context-manager"
  | "sync"
  | "instance"
  | "mixed"
  | "unknown";

const BY_NAME: ReadonlyMap<string, RevealedKind> = new Map(
  (
    [
      ["coroutine", "Coroutine CoroutineType"],
      ["awaitable", "Awaitable Task"],
      ["async-generator", "AsyncGenerator AsyncGeneratorType"],
      ["async-iterable", "AsyncIterator AsyncIterable"],
      ["async-context-manager", "_AsyncGeneratorContextManager AbstractAsyncContextManager AsyncExitStack"],
      [
        "sync",
        "None int str bytes bytearray bool float complex list List dict Dict set Set frozenset tuple Tuple type " +
          "Literal LiteralString " +
          "Generator Iterator Iterable range enumerate zip map filter reversed datetime date timedelta Path UUID Decimal " +
          "Module TypeIs TypeGuard",
      ],
      ["unknown", "Unknown Any object Never NoReturn Self"],
    ] as const
  ).flatMap(([kind, names]) => names.split(" ").map((name): [string, RevealedKind] => [name, kind])),
);

/** Reads the type in a message of `reveal_type`. */
export function revealedKind(type: string): RevealedKind {
  const kinds = new Set(splitUnion(type).map(memberKind));
  const [only = "unknown"] = kinds;
  if (kinds.size === 1) return only;
  if (kinds.has("unknown")) return "unknown";
  return [...kinds].every((kind) => kind === "sync" || kind === "instance") ? "instance" : "mixed";
}

function memberKind(member: string): RevealedKind {
  const type = member.trim();
  // A function's type, a type variable, an intersection that narrowing made: nothing to compare.
  if (type.startsWith("(") || type.startsWith("Overload[")) return "sync";
  if (/[@*<]/.test(type.replace(/\[.*$/s, ""))) return "unknown";
  return BY_NAME.get(type.replace(/[[(].*$/s, "")) ?? "instance";
}

/** The class that a printed type is an instance of, or null for unions and everything else. */
export function revealedClass(type: string): string | null {
  return splitUnion(type).length === 1 ? (/^[A-Za-z_]\w*/.exec(type)?.[0] ?? null) : null;
}

/** Splits at the bars outside of brackets. */
function splitUnion(type: string): string[] {
  const members: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < type.length; at++) {
    const character = type[at] ?? "";
    if ("[({".includes(character)) depth += 1;
    else if ("])}".includes(character) && type[at - 1] !== "-") depth -= 1;
    else if (character === "|" && depth === 0) {
      members.push(type.slice(start, at).trim());
      start = at + 1;
    }
  }
  members.push(type.slice(start).trim());
  return members;
}

/** The type in a message (`Type of "f()" is "int"`), or null for other messages. */
export function revealedType(message: string): string | null {
  const middle = message.indexOf('" is "');
  if (!message.startsWith('Type of "') || middle === -1 || !message.endsWith('"')) return null;
  return message.slice(middle + '" is "'.length, -1);
}

type Agreement = "agree" | "disagree" | "open";

const FITTING: Readonly<Partial<Record<RevealedKind, readonly string[]>>> = {
  coroutine: ["coroutine", "awaitable"],
  awaitable: ["awaitable", "coroutine"],
  "async-generator": ["async-generator", "async-iterable"],
  "async-iterable": ["async-iterable", "async-generator"],
  "async-context-manager": ["async-context-manager"],
  sync: ["sync"],
};

/** Compares both answers; "open" when one of them is not definite enough to contradict the other. */
export function compare(pyright: RevealedKind, engine: string): Agreement {
  if (pyright === "unknown" || pyright === "mixed" || engine === "unknown") return "open";
  const parts = engine.split("+");
  if (pyright === "instance") {
    if (engine === "sync") return "agree";
    return parts.some((part) => part === "coroutine" || part === "async-generator") ? "disagree" : "open";
  }
  return FITTING[pyright]?.some((kind) => parts.includes(kind)) === true ? "agree" : "disagree";
}
