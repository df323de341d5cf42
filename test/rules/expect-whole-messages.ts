import { expect } from "vitest";
import type { FileReport } from "../../src/fixes/fix.ts";

/** Every finding says what is wrong, why it matters and what to do, at a place; a repair to be checked says why. */
export function expectWholeMessages({ diagnostics, text }: FileReport): void {
  for (const { message, span, location, fix } of diagnostics) {
    expect(message.problem).toMatch(/^\S.*\.$/s);
    expect(message.reason).toMatch(/^\S.*[.`]$/s);
    expect(message.remedy).toMatch(/^\S.*\.$/s);
    expect(span.end).toBeGreaterThan(span.start);
    expect(location.line).toBe((text ?? "").slice(0, span.start).split("\n").length);
    if (fix?.grade === "B") expect(fix.caution).not.toBeNull();
  }
}
