import { fileOfCommit } from "../file-of-commit.ts";
import { BOT, PERSON, userNode } from "../people.ts";
import type { CheckRunState, RepositoryState } from "../state.ts";
import type { Asker } from "./asker.ts";
import { blobNode } from "./blob-node.ts";
import { type Bounds, connection } from "./connection.ts";

interface SuiteFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
}

interface RunFilter extends SuiteFilter {
  readonly checkType?: "ALL" | "LATEST" | null;
  readonly status?: string | null;
  readonly statuses?: readonly string[] | null;
}

/** A commit: who made it, and the check runs on it. */
export function commitNode(asker: Asker, repository: RepositoryState, oid: string) {
  const { git } = repository;
  return {
    __typename: "Commit",
    id: `C_${oid}`,
    oid,
    message: () => git.text("log", "-1", "--format=%B", oid),
    messageHeadline: () => git.text("log", "-1", "--format=%s", oid),
    committedDate: () => git.text("log", "-1", "--format=%cI", oid),
    file: fileOfCommit({ repository, oid, showBlob: blobNode }),
    author: () => gitActor(repository, oid, "a"),
    committer: () => gitActor(repository, oid, "c"),
    parents: (bounds: Bounds) => {
      const parents = git.text("log", "-1", "--format=%P", oid).split(" ");
      return connection(
        parents.filter((one) => one !== "").map((one) => commitNode(asker, repository, one)),
        bounds,
      );
    },
    checkSuites: ({ filterBy, ...bounds }: Bounds & { filterBy?: SuiteFilter | null }) => {
      const runs = repository.checkRuns.filter(({ headSha }) => headSha === oid);
      const isOwn = filterBy?.appId == null || filterBy.appId === asker.appId;
      const isNamed = filterBy?.checkName == null || runs.some(({ name }) => name === filterBy.checkName);
      // The stand-in has one App, so there is one suite at most.
      return connection(runs.length > 0 && isOwn && isNamed ? [suiteNode(runs)] : [], bounds);
    },
  };
}

/** The account comes from the name: people here commit under their login. */
function gitActor({ git }: RepositoryState, oid: string, who: "a" | "c") {
  const [name = "", email = ""] = git.text("log", "-1", `--format=%${who}n%n%${who}e`, oid).split("\n");
  const login = name === "Octocat" ? PERSON : name;
  return { name, email, user: name === "GitHub" ? null : userNode(login) };
}

function suiteNode(runs: readonly CheckRunState[]) {
  return {
    __typename: "CheckSuite",
    id: "CS_1",
    app: { id: "A_1", name: "Yieldsign", slug: BOT.slice(0, -5) },
    checkRuns: ({ filterBy, ...bounds }: Bounds & { filterBy?: RunFilter | null }) => {
      const statuses = filterBy?.statuses ?? (filterBy?.status == null ? null : [filterBy.status]);
      const named = runs.filter(
        (run) =>
          (filterBy?.checkName == null || run.name === filterBy.checkName) &&
          (statuses === null || statuses.includes(run.status.toUpperCase())),
      );
      // By default the latest of each name, as in the REST API.
      const shown = named.filter(
        (run, at) =>
          filterBy?.checkType === "ALL" || !named.slice(at + 1).some((later) => later.name === run.name),
      );
      return connection(shown.map(checkRunNode), bounds);
    },
  };
}

function checkRunNode(run: CheckRunState) {
  return {
    __typename: "CheckRun",
    id: `CR_${run.id}`,
    databaseId: run.id,
    name: run.name,
    externalId: run.externalId === "" ? null : run.externalId,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    detailsUrl: run.detailsUrl,
    startedAt: run.startedAt,
    title: run.title,
    summary: run.summary,
    text: run.text,
    annotations: (bounds: Bounds) =>
      connection(
        run.annotations.map(({ path, message, title = null }) => ({ path, message, title })),
        bounds,
      ),
  };
}
