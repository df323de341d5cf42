import { expect, test } from "vitest";
import { createAnalyser } from "../../src/analysis/create-analyser.ts";
import { openLibraryFacts } from "../../src/facts/library-facts.ts";
import { BLOCKING_GROUPS, type BlockingRow, blockingTable } from "../../src/project/blocking-table.ts";
import { checkText } from "../rules/check-text.ts";

const analyser = await createAnalyser();
const rows = openLibraryFacts().blockingCalls();

const RULES: Readonly<Record<string, string>> = {
  sleep: "YS301",
  http: "YS302",
  subprocess: "YS303",
  io: "YS304",
  database: "YS305",
  thread: "YS306",
};

/** "a.{b c}" as "a.b" and "a.c". */
function expand(name: string): string[] {
  const [, before = "", middle = "", after = ""] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(name) ?? [];
  return middle === "" ? [name] : middle.split(" ").map((one) => `${before}${one}${after}`);
}

/** The names of a row that people write; those of private modules only say where a class is defined. */
function publicNames({ names }: BlockingRow): string[] {
  return names
    .flatMap(expand)
    .filter((name) => !name.startsWith("_") && !/^(posixpath|genericpath)\./.test(name))
    .map((name) => name.replace(/\.\*$/, ".load").replaceAll("[]", '["x"]'));
}

test.each(rows)("$names is documented and has its form", ({ names, group, replacement, source }) => {
  expect(BLOCKING_GROUPS).toContain(group);
  expect(source).toMatch(/^https:\/\//);
  expect(replacement === null || replacement.length > 0).toBe(true);
  for (const name of names.flatMap(expand))
    expect(name).toMatch(/^[A-Za-z_]\w*(\(\)|\[\])*(\.([A-Za-z_]\w*|\*)(\(\)|\[\])*)+$/);
});

// `put`, `result` and `acquire` are judged by more than their name; `test/rules` has their cases.
const JUDGED = /\.(put|result|exception|acquire)$/;

// What follows from another call is only reported without it.
test.each(rows.filter(({ group, isFollowUp }) => group !== "path-metadata" && isFollowUp !== true))(
  "$names are found as they are written",
  (row) => {
    const missed = publicNames(row).filter((name) => {
      if (JUDGED.test(name)) return false;
      const parts = name.split(".");
      const modules = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join("."));
      const imported = modules.filter(
        (one) => /^[\w.]+$/.test(one) && !/\.[A-Z]/.test(one) && one !== "builtins",
      );
      const call = name.replace(/^builtins\./, "");
      const text = `import ${imported.at(-1) ?? "os"}\n\n\nasync def run():\n    ${call}()\n`;
      const { diagnostics } = checkText(analyser, text, [RULES[row.group] ?? ""]);
      return !diagnostics.some(({ location }) => location.endColumn === call.length + 7);
    });
    expect(missed).toEqual([]);
  },
);

test("a configuration adds, removes and switches on", () => {
  const table = blockingTable(rows, {
    added: [{ group: "http", names: ["erp.Client().*", "requests.get"], replacement: null }],
    removed: ["time.sleep", "requests", "boto3.client().get_object"],
    groups: ["path-metadata"],
  });
  expect(table.find(["time.sleep"])).toBeNull();
  expect(table.find(["requests.post"])).toBeNull();
  expect(table.find(["requests.Session.post"])).toBeNull();
  expect(table.find(["requests.get"])?.group).toBe("http");
  expect(table.find(["erp.Client().load"])?.group).toBe("http");
  expect(table.find(["erp.Client().Load"])).toBeNull();
  expect(table.find(["boto3.client().put_object"])?.group).toBe("http");
  expect(table.find(["boto3.client().get_object"])).toBeNull();
  expect(table.find(["os.path.exists"])?.group).toBe("path-metadata");
  expect(blockingTable(rows).find(["os.path.exists"])).toBeNull();
  expect(table.find(["constructor"])).toBeNull();
});
