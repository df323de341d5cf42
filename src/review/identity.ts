import { createHash } from "node:crypto";
import type { Finding } from "../rules/finding.ts";

const MARKER = /^<!-- yieldsign:v1 ([0-9a-f]{16}) -->$/gm;

/** Identity of a finding on a pull request: its file, its fingerprint and which of several equal ones it is. */
export function identityOf(
  path: string,
  { fingerprint, ordinal }: Pick<Finding, "fingerprint" | "ordinal">,
): string {
  return createHash("sha256").update([path, fingerprint, ordinal].join("\0")).digest("hex").slice(0, 16);
}

/** The hidden line by which a comment of ours is found again. */
export function markerOf(identity: string): string {
  return `<!-- yieldsign:v1 ${identity} -->`;
}

/** Reads the markers out of a comment's body; only whole lines of exactly our form count. */
export function findIdentities(body: string): string[] {
  return [...body.replaceAll("\r\n", "\n").matchAll(MARKER)].map((match) => match[1] ?? "");
}
