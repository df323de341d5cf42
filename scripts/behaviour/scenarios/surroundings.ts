import type { Scenario } from "../scenario.ts";
import { CLEAN, manyFiles, mistake, REPOSITORY, THREE } from "./texts.ts";

const FILE = ".github/yieldsign.yml";
const READ_ONLY = { checks: "write", contents: "read", metadata: "read", pull_requests: "read" } as const;
const three = { base: REPOSITORY, change: { "app/api.py": THREE } };
const configured = (text: string) => ({
  base: { ...REPOSITORY, [FILE]: text },
  change: { "app/api.py": THREE },
});

/** Configuration, permissions, and what GitHub does by itself. */
export const SURROUNDINGS: readonly Scenario[] = [
  {
    name: "a configuration with a mistake: the defaults apply",
    ...configured("ignor: [YS106]\n"),
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 11, says: "yieldsign.yml:1:1" },
  },
  {
    name: "a configuration that extends another repository's",
    ...configured("_extends: .github\nfail-on: error\n"),
    organisation: { [FILE]: "ignore: [YS106]\n" },
    expected: { result: "failure: 1 async mistake", comments: 1, requests: 12 },
  },
  {
    name: "the owner's configuration, where the repository has none",
    ...three,
    organisation: { [FILE]: "ignore: [YS106]\n" },
    expected: { result: "neutral: 1 async mistake", comments: 1, requests: 11 },
  },
  {
    name: "code scanning (`sarif: true`)",
    ...configured("sarif: true\n"),
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 13, uploads: 1 },
  },
  {
    name: "without `pull_requests: write`",
    ...three,
    permissions: READ_ONLY,
    expected: {
      result: "neutral: 3 async mistakes",
      comments: 0,
      requests: 11,
      says: "`pull_requests: write`",
    },
  },
  {
    name: "without `checks: write`",
    ...three,
    permissions: { contents: "read", metadata: "read", pull_requests: "write" },
    expected: { result: "none", comments: 3, requests: 11 },
  },
  {
    name: "the webhook is delivered twice",
    ...three,
    steps: [{ kind: "redeliver" }],
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 3 },
  },
  {
    name: "closed while 100 files are read",
    base: REPOSITORY,
    change: { ...manyFiles(99, (name) => `def ${name}():\n    return 1\n`), "app/api.py": mistake() },
    meanwhile: { asked: "git/get-tree", step: { kind: "close" } },
    expected: { result: "neutral: 1 async mistake", comments: 0, requests: 14 },
  },
  {
    name: "a push while the first review is at work",
    ...three,
    meanwhile: { asked: "git/get-tree", step: { kind: "push", files: { "app/other.py": CLEAN } } },
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 20 },
  },
  {
    name: "the merge queue",
    base: REPOSITORY,
    change: { "app/api.py": mistake() },
    steps: [{ kind: "merge queue" }],
    expected: { result: "neutral: 1 async mistake", comments: 1, requests: 8 },
  },
  {
    name: "the hour's requests are used up",
    ...three,
    limit: "primary",
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 14 },
  },
  {
    name: "a secondary limit",
    ...three,
    limit: "secondary",
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 12 },
  },
];
