import { findMarkers, type Marker } from "../review/marker.ts";
import type { GitHubClient, Repository } from "./client.ts";
import { toGitHubError } from "./github-error.ts";

/** A thread of ours, and who says that it is wrong. */
export interface FindingThread {
  /** Number of the comment that began it, in the REST API. */
  readonly rootId: number;
  /** The findings it tells of. */
  readonly markers: readonly Marker[];
  /** Logins of people who put a thumbs-down on it; at most 20. */
  readonly downvoters: readonly string[];
}

const QUERY = `query FindingThreads($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { comments(first: 1) { nodes {
          fullDatabaseId body viewerDidAuthor
          reactions(first: 20, content: THUMBS_DOWN) { nodes { user { login } } }
        } } }
      }
    }
  }
}`;

interface Comment {
  /** A number as text: those of new comments do not fit into GraphQL's `Int`. */
  readonly fullDatabaseId: string | null;
  readonly body: string;
  readonly viewerDidAuthor: boolean;
  readonly reactions: { readonly nodes: readonly { readonly user: { readonly login: string } | null }[] };
}

interface Data {
  readonly repository: {
    readonly pullRequest: {
      readonly reviewThreads: {
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly { readonly comments: { readonly nodes: readonly Comment[] } }[];
      };
    } | null;
  } | null;
}

/** Reads which findings our threads on a pull request are about; one request for each 100 threads. @throws GitHubError */
export async function readFindingThreads(
  client: GitHubClient,
  { owner, repo }: Repository,
  number: number,
): Promise<FindingThread[]> {
  const threads: FindingThread[] = [];
  let after: string | null = null;
  do {
    const page: Data = await readPage(client, { owner, name: repo, number, after });
    const connection = page.repository?.pullRequest?.reviewThreads;
    threads.push(...(connection?.nodes ?? []).flatMap(({ comments }) => toThread(comments.nodes[0])));
    after = connection?.pageInfo.hasNextPage === true ? connection.pageInfo.endCursor : null;
  } while (after !== null);
  return threads;
}

async function readPage(client: GitHubClient, variables: Record<string, unknown>): Promise<Data> {
  try {
    return await client.graphql<Data>(QUERY, variables);
  } catch (error) {
    throw toGitHubError(error);
  }
}

function toThread(root: Comment | undefined): FindingThread[] {
  if (root?.viewerDidAuthor !== true || root.fullDatabaseId === null) return [];
  const markers = findMarkers(root.body);
  if (markers.length === 0) return [];
  const downvoters = root.reactions.nodes.flatMap(({ user }) => (user === null ? [] : [user.login]));
  return [{ rootId: Number(root.fullDatabaseId), markers, downvoters }];
}
