import type { Scenario, Step } from "../scenario.ts";
import { CLEAN, mistake, PLAIN, REPOSITORY, THREE, TWO } from "./texts.ts";

const WITHOUT_CONTENTS = {
  checks: "write",
  contents: "read",
  metadata: "read",
  pull_requests: "write",
} as const;
const three = { base: REPOSITORY, change: { "app/api.py": THREE } };
const push = (text: string): Step => ({ kind: "push", files: { "app/api.py": text } });

/** What happens to what was said, when commits follow. */
export const PUSHES: readonly Scenario[] = [
  {
    name: "a push to another file",
    ...three,
    steps: [{ kind: "push", files: { "app/other.py": CLEAN } }],
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 7 },
  },
  {
    name: "a push that brings another mistake",
    ...three,
    steps: [{ kind: "push", files: { "app/other.py": mistake() } }],
    expected: { result: "neutral: 4 async mistakes", comments: 4, requests: 9 },
  },
  {
    name: "a push that corrects one of three",
    ...three,
    steps: [push(TWO)],
    expected: { result: "neutral: 2 async mistakes", comments: 3, threads: "reply, resolve", requests: 9 },
  },
  {
    name: "the same without `contents: write`",
    ...three,
    permissions: WITHOUT_CONTENTS,
    steps: [push(TWO)],
    expected: { result: "neutral: 2 async mistakes", comments: 3, threads: "edit, fold", requests: 9 },
  },
  {
    name: "what was corrected comes back, when its thread is outdated: a new comment",
    ...three,
    steps: [push(TWO), push(THREE)],
    expected: { result: "neutral: 3 async mistakes", comments: 4, requests: 9 },
  },
  {
    name: "what went with its file comes back on the same lines: the thread is reopened",
    ...three,
    steps: [
      { kind: "push", files: { "app/repo.py": PLAIN } },
      { kind: "push", files: { "app/repo.py": REPOSITORY["app/repo.py"] ?? null } },
    ],
    expected: {
      result: "neutral: 3 async mistakes",
      comments: 3,
      threads: "3 × reopen, 3 × reply",
      requests: 9,
    },
  },
  {
    name: "a push that moves the lines",
    ...three,
    steps: [push(`"""The API."""\n\n${THREE}`)],
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 7 },
  },
  {
    name: "a push that changes the lines of one comment, with the mistake left in",
    ...three,
    steps: [push(THREE.replace("save(3)", "save(3)  # the last one"))],
    expected: {
      result: "neutral: 3 async mistakes",
      comments: 4,
      threads: "edit, fold, resolve",
      requests: 10,
    },
  },
  {
    name: "a force push with the same files further down",
    ...three,
    steps: [{ kind: "force push", files: { "app/api.py": `"""The API."""\n\n${THREE}` } }],
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 7 },
  },
  {
    name: "a rebase onto a base that moved",
    ...three,
    steps: [{ kind: "push to the base", files: { "app/other.py": CLEAN } }, { kind: "rebase" }],
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 8 },
  },
  {
    name: "one suggestion of three is committed",
    ...three,
    steps: [{ kind: "commit suggestions", count: 1 }],
    expected: { result: "neutral: 2 async mistakes", comments: 3, applied: 1, requests: 7 },
  },
  {
    name: "all three suggestions are committed together",
    ...three,
    steps: [{ kind: "commit suggestions", count: 3 }],
    expected: { result: "success: No async mistakes", comments: 3, applied: 3, requests: 7 },
  },
  {
    name: "the same on a file with CRLF",
    base: REPOSITORY,
    change: { "app/api.py": THREE.replaceAll("\n", "\r\n") },
    steps: [{ kind: "commit suggestions", count: 3 }],
    expected: { result: "success: No async mistakes", comments: 3, applied: 3, requests: 7 },
  },
  {
    name: "the same on a file without line end at its end",
    base: REPOSITORY,
    change: { "app/api.py": THREE.trimEnd() },
    steps: [{ kind: "commit suggestions", count: 3 }],
    expected: { result: "success: No async mistakes", comments: 3, applied: 3, requests: 7 },
  },
  {
    name: "the same on a fork",
    ...three,
    isFork: true,
    steps: [{ kind: "commit suggestions", count: 3 }],
    expected: { result: "success: No async mistakes", comments: 3, applied: 3, requests: 7 },
  },
];
