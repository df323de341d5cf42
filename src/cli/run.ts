import { parseArgs } from "node:util";
import { nearest } from "../rules/nearest.ts";
import { version } from "../version.ts";
import { baseline } from "./baseline.ts";
import { type CommandResult, check } from "./check.ts";
import { explain } from "./explain.ts";
import { kinds } from "./kinds.ts";
import { EXPLAIN_USAGE, USAGE } from "./usage.ts";
import { UsageError } from "./usage-error.ts";

const COMMANDS = ["check", "baseline", "kinds", "explain"];

/** Runs a command line. Known errors become one line and exit code 2; everything else is thrown. */
export async function run(parameters: readonly string[], cwd: string): Promise<CommandResult> {
  try {
    return await dispatch(parameters, cwd);
  } catch (error) {
    if (!(error instanceof UsageError) && !isParseError(error)) throw error;
    return { output: "", errors: `yieldsign: ${(error as Error).message}\n`, exitCode: 2 };
  }
}

async function dispatch(parameters: readonly string[], cwd: string): Promise<CommandResult> {
  const [command, ...rest] = parameters;
  switch (command) {
    case undefined:
      return { output: "", errors: USAGE, exitCode: 2 };
    case "--help":
    case "-h":
    case "help":
      return { output: USAGE, errors: "", exitCode: 0 };
    case "--version":
      return { output: `${version()}\n`, errors: "", exitCode: 0 };
    case "check":
      return check(rest, cwd);
    case "baseline":
      return baseline(rest, cwd);
    case "kinds":
      return kinds(rest, cwd);
    case "explain": {
      const { values, positionals } = parseArgs({
        args: rest,
        options: { help: { type: "boolean" } },
        allowPositionals: true,
      });
      const output = values.help === true ? EXPLAIN_USAGE : explain(positionals[0]);
      return { output, errors: "", exitCode: 0 };
    }
    default: {
      const close = nearest(command, COMMANDS);
      throw new UsageError(
        `there is no command ${command}${close === null ? "" : `; did you mean ${close}?`} See yieldsign --help.`,
      );
    }
  }
}

function isParseError(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
