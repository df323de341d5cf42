import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EQUIVALENTS } from "../../src/rules/equivalents.ts";
import { type CommandFolder, openCommandFolder } from "./command.ts";

const PAGE = readFileSync(new URL("../../docs/suppressions.md", import.meta.url), "utf8");

function blocks(language: string): string[] {
  return [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, text = ""]) => text,
  );
}

let folder: CommandFolder;
beforeAll(() => {
  folder = openCommandFolder();
});
afterAll(() => folder.remove());

describe("the page on suppressions", () => {
  test.each(blocks("python").map((text, index) => [index + 1, text] as const))(
    "example %i is true",
    (_, text) => {
      folder.write("app.py", text);
      const { findings } = JSON.parse(folder.run("check", "--format", "json").stdout);
      const expected = text.split("\n").flatMap((line, index) => {
        const code = /# reported: (YS\d+)$/.exec(line)?.[1];
        return code === undefined ? [] : [`${index + 1} ${code}`];
      });
      expect(findings.map(({ line, code }: { line: number; code: string }) => `${line} ${code}`)).toEqual(
        expected,
      );
    },
  );

  test("shows the baseline and the answers as they are", () => {
    const text = blocks("python").at(-1) ?? "";
    folder.write("app.py", text);
    folder.run("baseline", "write");
    const written = readFileSync(join(folder.path, ".yieldsign-baseline.json"), "utf8");
    expect(blocks("json")).toEqual([written.replace(/[0-9a-f]{16}/, "FINGERPRINT")]);
    folder.write("app.py", text.replace("    save", "    await save"));
    expect(blocks("text")).toEqual([folder.run("baseline", "check").stdout]);
  });

  test("lists every equivalent", () => {
    const rows = PAGE.split("\n").filter((line) => line.startsWith("| `# "));
    const missing = EQUIVALENTS.filter(({ word, silences, comment }) => {
      const isNumber = comment === "pylint: disable" && /^[EW]\d+$/.test(word);
      return (
        !isNumber && !rows.some((row) => row.includes(word) && silences.every((code) => row.includes(code)))
      );
    });
    expect(missing.map(({ word }) => word)).toEqual([]);
  });
});

test("the page on unused suppressions is true", () => {
  const page = readFileSync(new URL("../../docs/rules/unused-ignore.md", import.meta.url), "utf8");
  const examples = [...page.matchAll(/^```python\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
  const codes = examples.map((text) => {
    folder.write("app.py", text);
    const { stdout } = folder.run("check", "app.py", "--warn-unused-ignores", "--format", "json");
    return JSON.parse(stdout).findings.map(({ code }: { code: string }) => code);
  });
  expect(codes).toEqual([["YS001"], []]);
});
