/** Versions as far as kinds of names depend on them: numbers between dots; what follows them does not count. */
export type Version = readonly number[];

/** Versions from `from` up to but without `to`; undefined means open. */
export interface VersionRange {
  readonly from?: Version | undefined;
  readonly to?: Version | undefined;
}

/** "2.0.0b3" → [2, 0, 0]; null for what is no version. */
export function parseVersion(text: string): Version | null {
  const match = /^\s*v?(?:\d+!)?(\d+(?:\.\d+)*)/.exec(text);
  return match?.[1] === undefined ? null : match[1].split(".").map(Number);
}

/** Negative, zero or positive, as for sorting; "2" and "2.0" are the same. */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Only this version. */
export function exactly(version: Version): VersionRange {
  return { from: version, to: [...version, ...Array(Math.max(0, 4 - version.length)).fill(0), 1] };
}

/**
 * The versions that a constraint of PEP 440 (">=1.4,<3", "~=2.1", "==2.*") or of poetry ("^1.2", "~1.2", "1.*")
 * admits. What is not understood does not narrow the range.
 */
export function parseConstraint(text: string): VersionRange {
  let range: VersionRange = {};
  for (const part of text.split(",")) range = intersect(range, parsePart(part.trim()));
  return range;
}

function parsePart(part: string): VersionRange {
  const match = /^(===?|>=|<=|<|>|~=|\^|~|!=)?\s*(\d[\w.*!+-]*)$/.exec(part);
  const version = match?.[2] === undefined ? null : parseVersion(match[2]);
  if (match === null || version === null) return {};
  const isPrefix = match[2]?.endsWith(".*") ?? false;
  switch (match[1]) {
    case ">=":
      return { from: version };
    case ">":
      return { from: [...version, 1] };
    case "<":
      return { to: version };
    case "<=":
      return { to: exactly(version).to };
    case "~=":
      return { from: version, to: bump(version, Math.max(0, version.length - 2)) };
    case "^":
      return { from: version, to: bump(version, firstNonZero(version)) };
    case "~":
      return { from: version, to: bump(version, Math.min(1, version.length - 1)) };
    case "!=":
      return {};
    default:
      return isPrefix ? { from: version, to: bump(version, version.length - 1) } : exactly(version);
  }
}

function firstNonZero(version: Version): number {
  const index = version.findIndex((part) => part > 0);
  return index === -1 ? version.length - 1 : index;
}

/** The first version after all that agree with `version` up to `index`. */
function bump(version: Version, index: number): Version {
  return [...version.slice(0, index), (version[index] ?? 0) + 1];
}

function intersect(a: VersionRange, b: VersionRange): VersionRange {
  const later = (one: Version | undefined, other: Version | undefined): Version | undefined =>
    one === undefined || (other !== undefined && compareVersions(other, one) > 0) ? other : one;
  const earlier = (one: Version | undefined, other: Version | undefined): Version | undefined =>
    one === undefined || (other !== undefined && compareVersions(other, one) < 0) ? other : one;
  return { from: later(a.from, b.from), to: earlier(a.to, b.to) };
}
