/**
 * Why an answer is likely and not certain. Each is a bit; a value carries those of everything its answer
 * went through, so that the weakest hop decides.
 */
export const DOUBT = {
  /** The type of a test function's parameter, by the name of a fixture that only a plugin may provide. */
  fixture: 1,
  /** One of several overloads was chosen by the arguments. */
  overload: 2,
  /** A decorator was evaluated by its signature or its body. */
  decorator: 4,
  /** `isinstance` (or the like) narrowed a name. */
  narrowing: 8,
  /** A type variable decided the kind itself. */
  "type-variable": 16,
  /** A parameter's default stands for what is passed. */
  default: 32,
  /** The installed version of a library may differ from the described one. */
  version: 64,
  /** A class has a base that is not known, and the answer comes from a class in front of it. */
  "unknown-base": 128,
  /** A subclass overrides the method in a way that is not known. */
  override: 512,
  /** The file replaces something of this name (a mock, `monkeypatch`). */
  patched: 1024,
} as const;

export type Doubt = keyof typeof DOUBT;

/** The names of the bits that are set. */
export function doubtNames(bits: number): Doubt[] {
  return (Object.keys(DOUBT) as Doubt[]).filter((name) => (bits & DOUBT[name]) !== 0);
}
