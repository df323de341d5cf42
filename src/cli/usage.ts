export const USAGE = `Yieldsign finds async mistakes in Python code and repairs them.

Usage: yieldsign <command> [options]

Commands:
  check [PATH…]    Check files or folders (default: the current folder)
  baseline         Record the mistakes that are there already, and find new ones
  kinds [PATH…]    Show what is known of every call, and how
  explain [RULE]   Show a rule's page, or list all rules

Options:
  --help           Show this help; after a command, the command's
  --version        Show the version
`;

export const CHECK_USAGE = `Check Python files and notebooks for async mistakes.

Usage: yieldsign check [PATH…] [options]

Options:
  --root DIR         Project that names are resolved in
                     (default: nearest pyproject.toml or .git above PATH)
  --diff BASE[..HEAD]
                     Report only what the change since BASE introduced; without
                     HEAD, the change is that of the working tree
  --all-lines        With --diff: report everything in the changed files
  --format FORMAT    full (default), concise, json, sarif or github
  --select RULES     Only these rules: names, codes or code prefixes, separated by commas;
                     ALL for every rule (default: those that are on by default)
  --ignore RULES     All rules but these
  --baseline FILE    Report only what is not in the baseline (yieldsign baseline --help)
  --warn-unused-ignores
                     Report comments that switch a rule off and silence nothing
  --notes            Show notes as well: what is only worth knowing, such as a blocking call
                     in a test; json, sarif and --select always have them
  --explain          Show the whole chain from each finding to the definition it rests on
                     (full and concise; json and sarif always have it)
  --fix              Repair what has one sensible repair, and report what remains;
                     with --diff BASE only what the change introduced
  --diff-fixes       Write nothing, print the repairs as a diff for git apply or patch -p1
  --unsafe           With --fix or --diff-fixes: also repairs that change more than the
                     mistake (timing, types, memory) and have to be checked
  --threads N        Threads to use (default: one, more from 10,000 files on)
  --stats            Show how often each rule was found
  --show-settings    Show the settings in force and where each was said, and check nothing
  --help             Show this help

Exit codes: 0 nothing found (or all of it repaired), 1 mistakes found (with --diff-fixes:
or repairs to be made), 2 the check could not run or a file could not be repaired.
`;

export const BASELINE_USAGE = `Record the mistakes that are there already, and find out what is new or fixed.

Usage: yieldsign baseline write [PATH…] [options]
       yieldsign baseline check [PATH…] [options]

write records every finding: by rule, file and code, without line numbers. With PATH,
what is recorded of other files stays as it is.
check shows the findings that are not recorded, and what is recorded and fixed.

Options:
  --baseline FILE    The file of the baseline
                     (default: .yieldsign-baseline.json in the root)
  --root DIR         Project that names are resolved in
                     (default: nearest pyproject.toml or .git above PATH)
  --select RULES     Only these rules: names, codes or code prefixes, separated by commas
  --ignore RULES     All rules but these
  --help             Show this help

Exit codes: 0 nothing new, 1 new mistakes found, 2 the check could not run.
`;

export const KINDS_USAGE = `Show what is known of every call and of everything that is awaited, iterated over or
entered: why a finding is there, or why there is none.

Usage: yieldsign kinds [PATH…] [options]

Options:
  --root DIR         Project that names are resolved in
                     (default: nearest pyproject.toml or .git above PATH)
  --format FORMAT    text (default) or json
  --help             Show this help

Each expression comes with the way it is consumed (await, async for, async with, for,
with; statement: thrown away; value: used further), its kind (coroutine,
async-generator, async-iterable, async-context-manager, awaitable or sync, several
joined by +, or unknown), how certain that is (certain, likely, unknown), and the chain
from the use to the definition; for an unknown one with what could not be followed.
`;

export const EXPLAIN_USAGE = `Show what a rule finds, why it matters and how it is repaired.

Usage: yieldsign explain [RULE]

RULE is a name (await-async-generator) or a code (YS101). Without it, all rules are listed.
`;
