import type { Project } from "./project.ts";
import { UNKNOWN, type Value } from "./values.ts";

/**
 * Answers a question once. The key is the object the question is about (a binding, a function's facts), never a
 * place in the text: `a, b = f()` binds two names at one place. A question that leads back to itself is unknown,
 * and an answer for which a file was missing is not kept.
 */
export function remember(project: Project, key: object, answer: () => Value): Value {
  const known = project.answers.get(key);
  if (known === "pending") return UNKNOWN;
  if (known !== undefined) return known;
  project.answers.set(key, "pending");
  const missing = project.missing.size;
  const value = answer();
  if (project.missing.size === missing) project.answers.set(key, value);
  else project.answers.delete(key);
  return value;
}
