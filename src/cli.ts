#!/usr/bin/env node
import { run } from "./cli/run.ts";

const { output, errors, exitCode } = await run(process.argv.slice(2), process.cwd());
process.stdout.write(output);
process.stderr.write(errors);
process.exitCode = exitCode;
