import type { Description, Schema } from "./description.ts";

/**
 * Completes what the state knows about an object to a whole answer: every property that the description
 * requires and the state does not have gets the plainest value of its type.
 */
export function complete(description: Description, schema: Schema, known: unknown, depth = 0): unknown {
  const plain = flatten(description, schema);
  if (known === null) return null;
  if (Array.isArray(known)) {
    const { items } = plain;
    return items === undefined ? known : known.map((item) => complete(description, items, item, depth + 1));
  }
  if (known !== undefined && typeof known !== "object") return known;
  const choices = description.resolve<Schema>(schema).anyOf ?? [];
  if (known === undefined && (isNullType(plain) || choices.some(isNullType))) return null;
  if (plain.properties === undefined) return known ?? plainest(plain);
  const object: Record<string, unknown> = { ...(known as Record<string, unknown> | undefined) };
  for (const [name, property] of Object.entries(plain.properties)) {
    const isKnown = object[name] !== undefined;
    if (isKnown || (plain.required ?? []).includes(name))
      object[name] = complete(description, property, object[name], depth + 1);
  }
  return object;
}

function flatten(description: Description, schema: Schema): Schema {
  const resolved = description.resolve<Schema>(schema);
  const choice = resolved.oneOf ?? resolved.anyOf;
  if (resolved.properties === undefined && choice !== undefined) {
    const first = choice.find((one) => !isNullType(description.resolve<Schema>(one)));
    return first === undefined ? resolved : flatten(description, first);
  }
  if (resolved.allOf === undefined) return resolved;
  const parts = resolved.allOf.map((part) => flatten(description, part));
  return {
    ...resolved,
    type: "object",
    properties: Object.assign({}, ...parts.map(({ properties }) => properties), resolved.properties),
    required: [...parts.flatMap(({ required }) => required ?? []), ...(resolved.required ?? [])],
  };
}

function isNullType({ type }: Schema): boolean {
  return type === "null" || (Array.isArray(type) && type.includes("null"));
}

function plainest({ type, enum: values, format }: Schema): unknown {
  if (values !== undefined) return values[0];
  if (Array.isArray(type)) return null;
  switch (type) {
    case "integer":
    case "number":
      return 0;
    case "boolean":
      return false;
    case "array":
      return [];
    case "object":
      return {};
    default:
      if (format === "date-time") return "2026-01-01T00:00:00Z";
      return format === "uri" ? "https://api.github.com/" : "";
  }
}
