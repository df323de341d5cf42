import type { Scenario } from "../scenario.ts";
import { CLEAN, farCall, manyFiles, mistake, REPOSITORY, repeated, THREE, threeRules } from "./texts.ts";

const GOOD = "success: No async mistakes";
const plain = (name: string): string => `def ${name}():\n    return 1\n`;

/** What a pull request gets when it is opened. */
export const FIRST_REVIEWS: readonly Scenario[] = [
  {
    name: "nothing is wrong",
    base: REPOSITORY,
    change: { "app/api.py": CLEAN },
    expected: { result: GOOD, comments: 0, requests: 8 },
  },
  {
    name: "no Python file changed",
    base: REPOSITORY,
    change: { "README.md": "# Shop\n" },
    expected: { result: GOOD, comments: 0, requests: 5 },
  },
  {
    name: "one mistake",
    base: REPOSITORY,
    change: { "app/api.py": mistake() },
    expected: { result: "neutral: 1 async mistake", comments: 1, requests: 11 },
  },
  {
    name: "20 changed files of 1,020, a mistake each (one rule: one comment with the list)",
    base: { ...REPOSITORY, ...manyFiles(1_020, () => CLEAN) },
    change: manyFiles(20, mistake),
    expected: { result: "neutral: 20 async mistakes", comments: 1, requests: 12 },
  },
  {
    name: "one rule seven times in a file",
    base: REPOSITORY,
    change: { "app/api.py": repeated(7) },
    expected: { result: "neutral: 7 async mistakes", comments: 1, requests: 11 },
  },
  {
    name: "twelve mistakes of three rules, with `max-comments` at its 10",
    base: REPOSITORY,
    change: manyFiles(4, threeRules),
    expected: {
      result: "neutral: 12 async mistakes",
      comments: 10,
      requests: 11,
      says: "2 more comments would be over the limit of 10",
    },
  },
  {
    name: "a mistake outside the lines of the diff",
    base: {
      ...REPOSITORY,
      "app/plain.py": "def save(row):\n    print(row)\n",
      "app/api.py": farCall("plain"),
    },
    change: { "app/api.py": farCall("repo") },
    expected: { result: "neutral: 1 async mistake", comments: 0, timeline: 1, requests: 11 },
  },
  {
    name: "300 changed files, one with a mistake",
    base: REPOSITORY,
    change: { ...manyFiles(299, plain), "app/api.py": mistake() },
    expected: { result: "neutral: 1 async mistake", comments: 1, requests: 16 },
  },
  {
    name: "3,000 changed files, one with a mistake",
    base: REPOSITORY,
    change: { ...manyFiles(2_999, plain), "app/api.py": mistake() },
    expected: {
      result: "neutral: 1 async mistake",
      comments: 1,
      requests: 71,
    },
  },
  {
    name: "a fork",
    base: REPOSITORY,
    change: { "app/api.py": THREE },
    isFork: true,
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 11 },
  },
  {
    name: "a file with CRLF",
    base: REPOSITORY,
    change: { "app/api.py": THREE.replaceAll("\n", "\r\n") },
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 11 },
  },
  {
    name: "a branch without a pull request",
    base: REPOSITORY,
    change: { "app/api.py": THREE },
    isPushOnly: true,
    expected: { result: "neutral: 3 async mistakes", comments: 0, requests: 11 },
  },
];
