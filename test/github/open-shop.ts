import { callApi, tokenOf } from "./caller.ts";
import { type Permissions, readAppGrant } from "./permissions.ts";
import { type GitHub, startGitHub } from "./start-github.ts";
import type { RepositoryState } from "./state.ts";

/** A stand-in with one repository and one pull request (`topic`: line 3 changed, line 28 deleted), and its API at hand. */
export interface Shop {
  readonly github: GitHub;
  readonly repository: RepositoryState;
  /** Sends a request below the repository, with the token. */
  call(method: string, path: string, body?: unknown): ReturnType<typeof callApi>;
  /** Data and errors of a GraphQL request. */
  query(
    text: string,
    variables?: object,
  ): Promise<{
    readonly status: number;
    readonly data: Record<string, unknown>;
    readonly errors: readonly {
      readonly type?: string;
      readonly message: string;
      readonly path?: unknown[];
    }[];
  }>;
  /** Comments on a line as the App; answers the comment's id. */
  comment(line?: number, body?: string): Promise<number>;
  /** Takes a new token, with what the installation grants by now. */
  renewToken(): Promise<void>;
}

/** Thirty numbered lines. */
export const LINES = Array.from({ length: 30 }, (_, index) => `line ${index + 1}\n`).join("");

/** The token has these permissions beside those of app.yml. */
export async function openShop(permissions: Permissions = {}): Promise<Shop> {
  const github = await startGitHub({ permissions: { ...readAppGrant().permissions, ...permissions } });
  let authorization = await tokenOf(github);
  const repository = github.createRepository({
    owner: "acme",
    name: "shop",
    files: { "a.py": LINES, "b.py": "x\n" },
  });
  repository.git.commit(
    "topic",
    { "a.py": LINES.replace("line 3\n", "three\n").replace("line 28\n", "") },
    "Change",
    repository.git.head("main"),
  );
  await github.openPullRequest(repository, { head: "topic", base: "main", title: "Change" });

  const call: Shop["call"] = (method, path, body) =>
    callApi(github, method, `/v3/repos/acme/shop${path}`, { body, authorization });
  return {
    github,
    repository,
    call,
    async query(query, variables = {}) {
      const { status, body } = await callApi(github, "POST", "/graphql", {
        body: { query, variables },
        authorization,
      });
      const { data, errors } = body as { data?: Record<string, unknown>; errors?: [] };
      return { status, data: data ?? {}, errors: errors ?? [] };
    },
    async comment(line = 3, body = "b") {
      const comments = [{ path: "a.py", line, side: "RIGHT", body }];
      await call("POST", "/pulls/1/reviews", { event: "COMMENT", body: "text", comments });
      return github.comments(repository, 1).at(-1)?.id ?? 0;
    },
    async renewToken() {
      authorization = await tokenOf(github);
    },
  };
}
