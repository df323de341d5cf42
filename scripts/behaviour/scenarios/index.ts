import type { Scenario } from "../scenario.ts";
import { FIRST_REVIEWS } from "./first-reviews.ts";
import { PEOPLE } from "./people.ts";
import { PUSHES } from "./pushes.ts";
import { SURROUNDINGS } from "./surroundings.ts";

/** Everything that docs/github-behaviour.md has a row for, in its order. */
export const SCENARIOS: readonly Scenario[] = [...FIRST_REVIEWS, ...PUSHES, ...PEOPLE, ...SURROUNDINGS];
