import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { applyEdits } from "../../src/fixes/apply-edits.ts";
import { codeBlock, codeSpan, cut, escapeMarkdown, prose } from "../../src/review/markdown.ts";
import { applySuggestion, toSuggestion } from "../../src/review/suggestion.ts";
import { suggestionIn } from "../github/suggestions.ts";

const line = fc.constantFrom(
  "x = 1",
  "    f()  # comment",
  "\tawait g()",
  "```",
  "````suggestion",
  "été",
  "",
);

describe("a suggestion", () => {
  test("of a length that a comment could not hold is none", () => {
    const text = `${"x".repeat(40_000)}\n`;
    expect(toSuggestion(text, false, [{ start: 0, end: 0, text: "y" }], diffTexts("", text))).toBeNull();
  });

  test("read out of its block and applied gives exactly the edited text", () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.nat(),
        fc.constantFrom("await ", "(", "new\n    line\n"),
        (lines, end, isOpen, at, inserted) => {
          const text = lines.join(end) + (isOpen ? "" : end);
          const start = at % (text.length + 1);
          fc.pre(text[start - 1] !== "\r" && start < text.length);
          const edits = [{ start, end: start, text: inserted.replaceAll("\n", end) }];
          const suggestion = toSuggestion(text, false, edits, diffTexts("", text));
          if (suggestion === null) return;
          const block = codeBlock("suggestion", suggestion.replacement);
          expect(suggestionIn(`text\n\n${block}\n\nmore`)?.join("\n")).toBe(suggestion.replacement);
          expect(suggestion.replacement).not.toContain("\r");
          expect(applySuggestion(text, suggestion, false)).toBe(applyEdits(text, edits));
        },
      ),
    );
  });

  test("covers the lines of its edits and no others", () => {
    const text = "a\nb\nc\nd\n";
    expect(toSuggestion(text, false, [{ start: 2, end: 3, text: "B" }], diffTexts("", text))).toEqual({
      firstLine: 2,
      lastLine: 2,
      replacement: "B",
    });
  });

  test("is not offered on lines outside the diff or across removed lines", () => {
    const old = Array.from({ length: 30 }, (_, index) => `${index}\n`).join("");
    const text = old.replace("3\n", "three\n");
    const hunks = diffTexts(old, text);
    expect(
      toSuggestion(text, false, [{ start: text.length - 3, end: text.length - 1, text: "x" }], hunks),
    ).toBeNull();
    expect(toSuggestion(text, false, [{ start: 4, end: 7, text: "x\ny" }], hunks)).toBeNull();
    expect(toSuggestion(text, false, [{ start: 6, end: 7, text: "x" }], hunks)?.firstLine).toBe(4);
  });

  test("keeps the byte order mark of the first line", () => {
    expect(
      toSuggestion("f()\n", true, [{ start: 0, end: 0, text: "await " }], diffTexts("", "f()\n"))
        ?.replacement,
    ).toBe("\uFEFFawait f()");
  });
});

describe("text of the repository in Markdown", () => {
  const hostile = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      "@octocat",
      "#1",
      "<img src=x onerror=y>",
      "[a](http://b)",
      "`` ` ``",
      "</details>",
      "<!-- yieldsign:v1 -->",
      "http://evil.example",
      "**x**",
      "a\n\n# b",
      "~~x~~",
    ),
  );
  const markdown = new MarkdownIt({ html: true, linkify: true });

  test("never becomes a link, a mention, an element or emphasis", () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const flat = one.replace(/\s+/g, " ");
        const html = markdown.render(
          `start ${codeSpan(one)} ${escapeMarkdown(flat)} ${prose(`say \`${other.replace(/[`\n]/g, "")}\` end`)}`,
        );
        expect(html.replace(/<\/?(p|code)>/g, "")).not.toMatch(/<[a-z!/]/i);
        const outside = html.replace(/<code>[\s\S]*?<\/code>/g, "");
        expect(outside).not.toMatch(/<(a|em|strong|s|img|h\d)\b/);
      }),
    );
  });

  test("a mention or a reference outside code is broken up", () => {
    expect(escapeMarkdown("@octocat #1 https://x www.x.org")).toBe(
      "&#64;octocat &#35;1 https&#58;//x www&#46;x.org",
    );
  });

  test("is cut at a line end, never within a character", () => {
    expect(cut("one\ntwo\nthree", 9, "…")).toBe("one\ntwo…");
    expect(cut("😀😀😀", 4, "…")).toBe("😀…");
  });
});
