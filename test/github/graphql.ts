import { isUtf8 } from "node:buffer";
import { buildSchema, execute, type GraphQLSchema, parse, validate } from "graphql";
import { fileOfCommit } from "./file-of-commit.ts";
import type { CommentState, PullState, RepositoryState } from "./state.ts";
import type { Permissions } from "./tokens.ts";

let loaded: GraphQLSchema | undefined;

/** GitHub's schema as it publishes it; read when the first query arrives. */
async function loadSchema(): Promise<GraphQLSchema> {
  if (loaded !== undefined) return loaded;
  const { schema } = await import("@octokit/graphql-schema");
  loaded = buildSchema(schema.idl, { assumeValidSDL: true });
  return loaded;
}

interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly type?: string; readonly message: string }[];
}

/** Answers a query: validated against GitHub's schema, resolved from the state; refusals come with status 200. */
export async function answerQuery(
  repositories: ReadonlyMap<string, RepositoryState>,
  permissions: Permissions,
  { query, variables }: { readonly query: string; readonly variables?: Record<string, unknown> },
): Promise<GraphQLAnswer> {
  const schema = await loadSchema();
  const document = parse(query);
  const problems = validate(schema, document);
  if (problems.length > 0) return { errors: problems.map(({ message }) => ({ message })) };
  try {
    const rootValue = rootOf(repositories, permissions);
    const { data, errors } = await execute({
      schema,
      document,
      rootValue,
      variableValues: variables,
      typeResolver: (value) => (value as { __typename: string }).__typename,
    });
    return errors === undefined
      ? { data }
      : {
          data,
          errors: errors.map(({ message, originalError }) => ({ type: typeOf(originalError), message })),
        };
  } catch (error) {
    return { errors: [{ message: String(error) }] };
  }
}

class QueryRefusal extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

function typeOf(error: unknown): string {
  return error instanceof QueryRefusal ? error.type : "INTERNAL";
}

function rootOf(repositories: ReadonlyMap<string, RepositoryState>, permissions: Permissions) {
  const comments = [...repositories.values()].flatMap(({ pulls }) =>
    [...pulls.values()].flatMap((pull) => pull.comments),
  );
  const threadOf = (id: string): CommentState => {
    const comment = comments.find((one) => threadId(one) === id);
    if (comment === undefined)
      throw new QueryRefusal("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
    return comment;
  };
  const resolve = (isResolved: boolean) => {
    return ({ input }: { input: { threadId: string } }) => {
      // `pull_requests: write` is not enough (GITHUB.md §0.8).
      if (permissions.contents !== "write")
        throw new QueryRefusal("FORBIDDEN", "Resource not accessible by integration");
      const comment = threadOf(input.threadId);
      comment.isResolved = isResolved;
      return { thread: threadNode(comment) };
    };
  };
  return {
    repository: ({ owner, name }: { owner: string; name: string }) =>
      repositoryNode(repositories.get(`${owner}/${name}`)),
    resolveReviewThread: resolve(true),
    unresolveReviewThread: resolve(false),
  };
}

function repositoryNode(repository: RepositoryState | undefined) {
  if (repository === undefined) throw new QueryRefusal("NOT_FOUND", "Could not resolve to a Repository");
  return {
    nameWithOwner: `${repository.owner}/${repository.name}`,
    defaultBranchRef: () => {
      const oid = repository.git.head(repository.defaultBranch) ?? "";
      const file = fileOfCommit({ repository, oid, readObject: blobNode });
      return { name: repository.defaultBranch, target: { __typename: "Commit", oid, file } };
    },
    pullRequest: ({ number }: { number: number }) => pullNode(repository.pulls.get(number)),
    object: ({ oid, expression }: { oid?: string; expression?: string }) =>
      blobNode(repository, oid ?? expression ?? ""),
  };
}

function pullNode(pull: PullState | undefined) {
  if (pull === undefined) throw new QueryRefusal("NOT_FOUND", "Could not resolve to a PullRequest");
  return {
    number: pull.number,
    title: pull.title,
    reviewThreads: (bounds: Bounds) => connection(pull.comments.map(threadNode), bounds),
  };
}

interface Bounds {
  readonly first?: number;
  readonly last?: number;
  readonly after?: string;
}

function connection<T>(nodes: readonly T[], { first, last, after }: Bounds) {
  if (first === undefined && last === undefined) {
    throw new QueryRefusal(
      "MISSING_PAGINATION_BOUNDARIES",
      "You must provide a `first` or `last` value to properly paginate the connection.",
    );
  }
  const from = after === undefined ? 0 : Number(after) + 1;
  const shown =
    last === undefined
      ? nodes.slice(from, from + Math.min(100, first ?? 0))
      : nodes.slice(-Math.min(100, last));
  const endCursor = String(from + shown.length - 1);
  return {
    totalCount: nodes.length,
    nodes: shown,
    pageInfo: { hasNextPage: from + shown.length < nodes.length, endCursor },
  };
}

function threadId({ id }: CommentState): string {
  return `PRRT_${id}`;
}

function threadNode(comment: CommentState) {
  const { id, path, line, startLine, originalLine, isResolved, body, side } = comment;
  return {
    id: threadId(comment),
    path,
    line,
    startLine,
    originalLine,
    isResolved,
    isOutdated: line === null,
    diffSide: side,
    comments: (bounds: Bounds) => connection([{ id: `PRRC_${id}`, databaseId: id, body }], bounds),
  };
}

/** GitHub cuts texts here (sveltia/sveltia-cms#950). */
const MAX_TEXT_BYTES = 512_000;

function blobNode({ git, lostBlobs, failingBlobs }: RepositoryState, expression: string) {
  let oid: string;
  let bytes: Buffer;
  try {
    oid = git.text("rev-parse", "--verify", "--quiet", expression);
    bytes = git.run("cat-file", "blob", oid);
  } catch {
    return null;
  }
  if (failingBlobs.has(oid)) throw new QueryRefusal("SERVICE_UNAVAILABLE", "The blob could not be loaded");
  if (lostBlobs.has(oid)) return null;
  const isBinary = bytes.includes(0);
  const shown = bytes.subarray(0, MAX_TEXT_BYTES);
  return {
    __typename: "Blob",
    oid,
    byteSize: bytes.length,
    isBinary,
    isTruncated: shown.length < bytes.length,
    // What is not UTF-8 is converted to it.
    text: isBinary ? null : shown.toString(isUtf8(shown) ? "utf8" : "latin1"),
  };
}
