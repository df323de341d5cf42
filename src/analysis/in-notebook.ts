import type { Diagnostic, FileReport } from "../fixes/fix.ts";
import { notebookEdits } from "../fixes/notebook-edits.ts";
import { contains } from "../python/location.ts";
import { type Notebook, spanInFile } from "../python/notebook.ts";

/** A report about a notebook's Python text as one about its file: places and repairs are those of the JSON. */
export function inNotebook(notebook: Notebook, report: FileReport): FileReport {
  const spoken = report.diagnostics.filter(
    ({ span }) => !notebook.quietRegions.some((region) => contains(region, span)),
  );
  return { ...report, text: notebook.json, diagnostics: spoken.map((one) => inFile(notebook, one)) };
}

function inFile(notebook: Notebook, one: Diagnostic): Diagnostic {
  const edits = one.fix === null ? null : notebookEdits(notebook, one.fix.edits);
  const { problem } = one.message;
  return {
    ...one,
    span: spanInFile(notebook, one.span),
    message: { ...one.message, problem: withCell(problem, one.location.cell) },
    fix: one.fix === null || edits === null ? null : { ...one.fix, edits },
  };
}

/** "… is a coroutine that nobody awaits (cell 3, line 2)." */
function withCell(problem: string, cell: Diagnostic["location"]["cell"]): string {
  if (cell === undefined) return problem;
  return `${problem.replace(/\.$/, "")} (cell ${cell.index}, line ${cell.line}).`;
}
