import type { Scenario, Step } from "../scenario.ts";
import { CLEAN, REPOSITORY, THREE } from "./texts.ts";

const three = { base: REPOSITORY, change: { "app/api.py": THREE } };
const say = (command: string): Step => ({ kind: "comment", body: `/yieldsign ${command}` });

const FIXED = "3 × reply, 3 × resolve";

/** What people ask for. */
export const PEOPLE: readonly Scenario[] = [
  {
    name: "`/yieldsign apply`, and the review of its commit",
    ...three,
    steps: [say("apply")],
    expected: {
      result: "success: No async mistakes",
      comments: 3,
      timeline: 1,
      applied: 3,
      threads: FIXED,
      requests: 20,
    },
  },
  {
    name: "the button “Apply fixes”, and the review of its commit",
    ...three,
    steps: [{ kind: "press" }],
    expected: { result: "success: No async mistakes", comments: 3, applied: 3, threads: FIXED, requests: 20 },
  },
  {
    name: "`/yieldsign apply` while somebody pushes",
    ...three,
    steps: [say("apply")],
    meanwhile: {
      asked: "repos/get-collaborator-permission-level",
      step: { kind: "push", files: { "app/other.py": CLEAN } },
    },
    expected: {
      result: "success: No async mistakes",
      comments: 3,
      timeline: 1,
      applied: 3,
      threads: FIXED,
      requests: 30,
    },
  },
  {
    name: "`/yieldsign apply` on a fork is refused with the reason",
    ...three,
    isFork: true,
    steps: [say("apply")],
    expected: { result: "neutral: 3 async mistakes", comments: 3, timeline: 1, requests: 5 },
  },
  {
    name: "`/yieldsign ignore`, and the review without the rule",
    ...three,
    steps: [say("ignore missing-await on purpose")],
    expected: {
      result: "neutral: 1 async mistake",
      comments: 3,
      timeline: 1,
      threads: "2 × reply, 2 × resolve",
      requests: 14,
    },
  },
  {
    name: "`/yieldsign help`",
    ...three,
    steps: [say("help")],
    expected: { result: "neutral: 3 async mistakes", comments: 3, timeline: 1, requests: 5 },
  },
  {
    name: "the check is run again",
    ...three,
    steps: [{ kind: "re-run" }],
    expected: { result: "neutral: 3 async mistakes", comments: 3, requests: 3 },
  },
];
