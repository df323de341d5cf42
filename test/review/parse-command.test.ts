import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { MAX_REASON, parseCommand } from "../../src/review/parse-command.ts";

describe("a command", () => {
  test.each([
    ["/yieldsign review", { verb: "review" }],
    ["/yieldsign", { verb: "help" }],
    ["Thanks!\r\n\r\n/yieldsign apply  \r\nbye", { verb: "apply" }],
    ["/Yieldsign Review please", { verb: "review" }],
    ["/yieldsign ignore YS106", { verb: "ignore", rule: "YS106", reason: "" }],
    [
      "/yieldsign\tignore missing-await we  do this on purpose",
      { verb: "ignore", rule: "missing-await", reason: "we do this on purpose" },
    ],
    ["/yieldsign ignore", { verb: "ignore", rule: "", reason: "" }],
    ["/yieldsign explain YS101 now", { verb: "explain", rule: "YS101" }],
    [
      "/yieldsign false-positive it is awaited later",
      { verb: "false-positive", reason: "it is awaited later" },
    ],
    ["/yieldsign config", { verb: "config" }],
    ["/yieldsign aply", { verb: "unknown", word: "aply", nearest: "apply" }],
    ["/yieldsign dance", { verb: "unknown", word: "dance", nearest: null }],
    ["/yieldsign help\n/yieldsign apply", { verb: "help" }],
    ["> /yieldsign apply\n\n/yieldsign help", { verb: "help" }],
    ["```\n/yieldsign apply\n```\n/yieldsign help", { verb: "help" }],
    ["````\n```\n/yieldsign apply\n````\n/yieldsign help", { verb: "help" }],
    ["~~~ sh\n/yieldsign apply\n```\n~~~\n/yieldsign help", { verb: "help" }],
    ["``` a ` b\n/yieldsign help", { verb: "help" }],
    ["<!--\n/yieldsign apply\n-->\n/yieldsign help", { verb: "help" }],
    ["<!-- one line -->\n/yieldsign help", { verb: "help" }],
    ["<pre>\n/yieldsign apply\n</pre>\n/yieldsign help", { verb: "help" }],
  ])("in %j is %j", (body, command) => {
    expect(parseCommand(body)).toEqual(command);
  });

  test.each([
    "",
    "see /yieldsign apply",
    " /yieldsign apply",
    "    /yieldsign apply",
    "- /yieldsign apply",
    "`/yieldsign apply`",
    "/yieldsigns apply",
    "/yieldsign-apply",
    "/yieldsign/apply",
    "> /yieldsign apply",
    "```\n/yieldsign apply",
    "   ```\n/yieldsign apply\n    ```",
    "<!-- /yieldsign -->",
    "<!--\n/yieldsign apply",
    "\u00a0/yieldsign apply",
    "\u200b/yieldsign apply",
  ])("is not in %j", (body) => {
    expect(parseCommand(body)).toBeNull();
  });
});

test("whatever a comment holds, words and reasons are short, flat and whole", () => {
  const text = fc.string({ unit: "binary", maxLength: 2_000 });
  fc.assert(
    fc.property(fc.constantFrom("ignore", "explain", "false-positive", "x", ""), text, (verb, rest) => {
      const command = parseCommand(`/yieldsign ${verb} ${rest}`);
      if (command === null) return;
      for (const value of Object.values(command)) {
        if (value === null) continue;
        expect(value.length).toBeLessThanOrEqual(MAX_REASON);
        expect(value).not.toMatch(/[\r\n]/);
        expect(() => encodeURIComponent(value)).not.toThrow();
      }
    }),
    { numRuns: 300, seed: 5 },
  );
});

test("only what the page shows as text at the start of a line is a command", () => {
  const fragment = fc.constantFrom(
    "/yieldsign apply",
    "```",
    "~~~",
    "````md",
    "> quoted",
    "> ```",
    "<!--",
    "-->",
    "<pre>",
    "<pre>\n/yieldsign apply\n</pre>",
    "text",
    "",
    "  ```",
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 12 }), (lines) => {
      const body = lines.join("\n");
      if (parseCommand(body) !== null) expect(shownLines(body)).toContain("/yieldsign apply");
    }),
    { numRuns: 3_000, seed: 11 },
  );
});

/** Lines of text as a Markdown parser reads them, without code and HTML. */
function shownLines(body: string): string[] {
  return new MarkdownIt({ html: true })
    .parse(body, {})
    .flatMap(({ type, children }) => (type === "inline" ? (children ?? []) : []))
    .map(({ content }) => content);
}
