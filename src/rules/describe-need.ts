import type { Need } from "./needed-by.ts";

/** What Python does when it gets a coroutine where a result is needed: a sentence, as measured on CPython 3.11. */
export function reasonOf({ use, sink }: Need): string {
  const never = "the coroutine never runs";
  if (sink !== null) return sinkReason(sink.name, sink.effect);
  switch (use.form) {
    case "attribute":
      return attributeReason(use.detail);
    case "subscript":
      return `Python raises \`TypeError: 'coroutine' object is not subscriptable\`, and ${never}.`;
    case "call":
      return `Python raises \`TypeError: 'coroutine' object is not callable\`, and ${never}.`;
    case "arithmetic":
      return `Python raises \`TypeError\`: coroutines do not support \`${use.detail}\`. The coroutine never runs.`;
    case "ordering":
      return `Python raises \`TypeError\`: \`${use.detail}\` is not supported for coroutines. The coroutine never runs.`;
    case "equality":
    case "identity":
    case "membership":
      return `A coroutine is equal to nothing but itself, so the answer is always the same, and ${never}.`;
    case "text":
      return `The text becomes \`<coroutine object …>\`, and ${never}.`;
    case "returned":
      return `The framework cannot turn a coroutine into JSON, and ${never}.`;
    default:
      return `A coroutine is always true, so the condition decides nothing, and ${never}.`;
  }
}

function attributeReason(name: string): string {
  if (name === "close")
    return "This closes the coroutine before it has run and awaits `None`: Python raises `TypeError`.";
  if (name === "send" || name === "throw")
    return `\`${name}\` is a method of the coroutine itself: Python raises an exception instead of calling that of the result.`;
  return `Python raises \`AttributeError: 'coroutine' object has no attribute '${name}'\`, and the coroutine never runs.`;
}

function sinkReason(name: string, effect: "raises" | "text" | "truth"): string {
  if (effect === "truth")
    return `A coroutine is always true, so \`${name}\` decides nothing, and the coroutine never runs.`;
  if (effect === "raises")
    return `\`${name}\` raises \`TypeError\` for a coroutine, and the coroutine never runs.`;
  if (name === "hash") return "It is the hash of the coroutine object, and the coroutine never runs.";
  return `\`${name}\` gets the coroutine object (\`<coroutine object …>\`), and the coroutine never runs.`;
}
