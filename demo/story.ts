import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pc from "picocolors";
import { startServerProcess } from "../test/app/start-server-process.ts";
import { playStory } from "../test/app/story/play-story.ts";
import { STORY_PERMISSIONS } from "../test/app/story/story.ts";
import { startGitHub } from "../test/github/start-github.ts";
import { renderChapter, renderStory } from "./render-story.ts";

const github = await startGitHub({ permissions: STORY_PERMISSIONS });
const server = await startServerProcess(github);
try {
  const chapters: string[] = [];
  const story = await playStory(github, (one, step) => {
    const { requests, notifications } = one.steps.at(-1) ?? { requests: [], notifications: 0 };
    process.stdout.write(`${pc.bold(step)}: ${requests.length} requests, ${notifications} notifications\n`);
    const chapter = renderChapter(one, step);
    if (chapter !== null) chapters.push(chapter);
  });
  if (github.violations.length > 0)
    throw new Error(`GitHub's description was not kept:\n${github.violations.join("\n")}`);
  writeFileSync(fileURLToPath(new URL("story.html", import.meta.url)), renderStory(story, chapters));
  process.stdout.write("\nThe pull request's life as a page: demo/story.html\n");
} finally {
  await server.stop();
  await github.stop();
}
