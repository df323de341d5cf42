import type { SummaryOperation } from "../review/review-plan.ts";
import type { ThreadOperation } from "../review/thread.ts";
import type { GitHubClient } from "./client.ts";
import { toGitHubError } from "./github-error.ts";

/** What is changed by node id, without creating a comment on a line. */
export type ConversationOperation = ThreadOperation | Extract<SummaryOperation, { kind: "update" }>;

/** An operation that GitHub did not carry out, with its words. */
export interface FailedOperation {
  readonly operation: ConversationOperation;
  readonly message: string;
}

/** Mutations in one request; GitHub carries them out in order. */
const MAX_OPERATIONS = 50;

interface Mutation {
  readonly field: string;
  readonly inputType: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface ResponseErrors {
  readonly name: string;
  readonly errors: readonly { readonly message: string; readonly path?: readonly unknown[] }[];
  readonly data?: unknown;
}

/**
 * Changes threads and our comment in the timeline, many operations in one request. What GitHub refuses does not stop
 * the others. Never repeated by the client: whoever repeats reads the threads again first.
 * @throws GitHubError when the request as a whole failed.
 */
export async function changeThreads(
  client: GitHubClient,
  operations: readonly ConversationOperation[],
): Promise<FailedOperation[]> {
  const failed: FailedOperation[] = [];
  for (let at = 0; at < operations.length; at += MAX_OPERATIONS)
    failed.push(...(await changeSome(client, operations.slice(at, at + MAX_OPERATIONS))));
  return failed;
}

async function changeSome(
  client: GitHubClient,
  operations: readonly ConversationOperation[],
): Promise<FailedOperation[]> {
  const mutations = operations.map(toMutation);
  const declared = mutations.map(({ inputType }, index) => `$i${index}: ${inputType}!`).join(", ");
  const fields = mutations.map(
    ({ field }, index) => `m${index}: ${field}(input: $i${index}) { clientMutationId }`,
  );
  const query = `mutation ChangeThreads(${declared}) {\n  ${fields.join("\n  ")}\n}`;
  const variables = Object.fromEntries(mutations.map(({ input }, index) => [`i${index}`, input]));
  try {
    await client.graphql(query, { ...variables, request: { retries: 0 } });
    return [];
  } catch (error) {
    if (!isPartial(error)) throw toGitHubError(error);
    return operations.flatMap((operation, index) => {
      const refusal = error.errors.find(({ path }) => path?.[0] === `m${index}`);
      return refusal === undefined ? [] : [{ operation, message: refusal.message }];
    });
  }
}

/** Errors that each name their mutation; anything else concerns the request as a whole. */
function isPartial(error: unknown): error is ResponseErrors {
  if (!(error instanceof Error) || error.name !== "GraphqlResponseError") return false;
  const { errors } = error as unknown as ResponseErrors;
  return errors.length > 0 && errors.every(({ path }) => typeof path?.[0] === "string");
}

function toMutation(operation: ConversationOperation): Mutation {
  switch (operation.kind) {
    case "edit":
      return {
        field: "updatePullRequestReviewComment",
        inputType: "UpdatePullRequestReviewCommentInput",
        input: { pullRequestReviewCommentId: operation.commentId, body: operation.body },
      };
    case "reply":
      return {
        field: "addPullRequestReviewThreadReply",
        inputType: "AddPullRequestReviewThreadReplyInput",
        input: { pullRequestReviewThreadId: operation.threadId, body: operation.body },
      };
    case "resolve":
      return {
        field: "resolveReviewThread",
        inputType: "ResolveReviewThreadInput",
        input: { threadId: operation.threadId },
      };
    case "unresolve":
      return {
        field: "unresolveReviewThread",
        inputType: "UnresolveReviewThreadInput",
        input: { threadId: operation.threadId },
      };
    case "minimize":
      return {
        field: "minimizeComment",
        inputType: "MinimizeCommentInput",
        input: { subjectId: operation.commentId, classifier: operation.reason },
      };
    case "unminimize":
      return {
        field: "unminimizeComment",
        inputType: "UnminimizeCommentInput",
        input: { subjectId: operation.commentId },
      };
    case "update":
      return {
        field: "updateIssueComment",
        inputType: "UpdateIssueCommentInput",
        input: { id: operation.commentId, body: operation.body },
      };
  }
}
