import type { GitHubClient, Repository } from "./client.ts";
import { GitHubError, toGitHubError } from "./github-error.ts";

/** A file of a default branch, or why it cannot be used, as the end of a sentence that begins with "it". */
export type RemoteFile =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** The files that settings are read from, all of default branches; null where there is none. */
export interface ConfigurationFiles {
  /** `.github/yieldsign.yml` */
  readonly yaml: RemoteFile | null;
  /** `pyproject.toml` */
  readonly toml: RemoteFile | null;
  /** `.gitattributes` */
  readonly attributes: RemoteFile | null;
  /** `.github/yieldsign.yml` of the owner's repository `.github`; null also where it cannot be seen. */
  readonly organisationYaml: RemoteFile | null;
}

interface EntryNode {
  readonly mode: number;
  readonly object: {
    readonly __typename: string;
    readonly isBinary?: boolean | null;
    readonly isTruncated?: boolean;
    readonly text?: string | null;
  } | null;
}

interface RepositoryNode {
  readonly defaultBranchRef?: {
    readonly target?: { readonly [file: string]: EntryNode | string | null } | null;
  } | null;
}

interface ConfigurationData {
  readonly repository?: { readonly configuration?: RepositoryNode["defaultBranchRef"] } | null;
  readonly organisationConfiguration?: RepositoryNode | null;
}

const ENTRY = "{ mode object { __typename ... on Blob { isBinary isTruncated text } } }";

/**
 * What reads the configuration in a query that has `$owner` and `$name`: fields of the repository, and a root field.
 * Everything comes from default branches, so a pull request never changes the settings that judge it. A repository
 * `.github` that is missing or not accessible is an error beside the data, which is not to be minded.
 */
export const CONFIGURATION_SELECTION = {
  repositoryFields: `configuration: defaultBranchRef {
      target {
        ... on Commit {
          yaml: file(path: ".github/yieldsign.yml") ${ENTRY}
          toml: file(path: "pyproject.toml") ${ENTRY}
          attributes: file(path: ".gitattributes") ${ENTRY}
        }
      }
    }`,
  rootFields: `organisationConfiguration: repository(owner: $owner, name: ".github") {
    defaultBranchRef { target { ... on Commit { yaml: file(path: ".github/yieldsign.yml") ${ENTRY} } } }
  }`,
  definitions: "",
  variables: {},
} as const;

/** Takes the files out of the data of a query with `CONFIGURATION_SELECTION`. */
export function readConfigurationFiles(data: unknown): ConfigurationFiles {
  const { repository, organisationConfiguration } = (data ?? {}) as ConfigurationData;
  const own = repository?.configuration?.target;
  return {
    yaml: toFile(own?.yaml),
    toml: toFile(own?.toml),
    attributes: toFile(own?.attributes),
    organisationYaml: toFile(organisationConfiguration?.defaultBranchRef?.target?.yaml),
  };
}

/** Reads the configuration's files of a repository in one query. @throws GitHubError */
export async function readConfiguration(
  client: GitHubClient,
  { owner, repo }: Repository,
): Promise<ConfigurationFiles> {
  const { repositoryFields, rootFields } = CONFIGURATION_SELECTION;
  const query = `query Configuration($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${repositoryFields}
  }
  ${rootFields}
}`;
  const data = await ask<ConfigurationData>(client, query, { owner, name: repo });
  if (data?.repository == null) throw new GitHubError(`there is no repository ${owner}/${repo}`, 404, null);
  return readConfigurationFiles(data);
}

/**
 * Reads one file of a repository's default branch; null where there is none, or where the installation does not see
 * the repository (GitHub does not tell these apart). @throws GitHubError
 */
export async function readConfigurationFile(
  client: GitHubClient,
  { owner, repo }: Repository,
  path: string,
): Promise<RemoteFile | null> {
  const query = `query ConfigurationFile($owner: String!, $name: String!, $path: String!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { target { ... on Commit { file(path: $path) ${ENTRY} } } }
  }
}`;
  const data = await ask<{ readonly repository?: RepositoryNode | null }>(client, query, {
    owner,
    name: repo,
    path,
  });
  return toFile(data?.repository?.defaultBranchRef?.target?.file);
}

/** Errors about what is not there, or not to be seen, count as its absence. */
const ABSENT = new Set(["NOT_FOUND", "FORBIDDEN"]);

async function ask<Data>(
  client: GitHubClient,
  query: string,
  variables: Readonly<Record<string, string>>,
): Promise<Data | null> {
  try {
    return await client.graphql<Data>(query, variables);
  } catch (error) {
    const { name, errors, data } = error as {
      readonly name?: string;
      readonly errors?: readonly { readonly type?: string }[];
      readonly data?: Data | null;
    };
    const isAbsence = errors?.every(({ type }) => type !== undefined && ABSENT.has(type)) === true;
    if (name === "GraphqlResponseError" && isAbsence) return data ?? null;
    throw toGitHubError(error);
  }
}

/** Git's mode of a symbolic link, as a number. */
const LINK_MODE = 0o120000;

function toFile(entry: EntryNode | string | null | undefined): RemoteFile | null {
  if (entry === null || entry === undefined || typeof entry === "string") return null;
  const { mode, object } = entry;
  const refuse = (reason: string): RemoteFile => ({ ok: false, reason });
  if (mode === LINK_MODE) return refuse("is a symbolic link");
  if (object?.__typename === "Tree") return refuse("is a folder");
  if (object?.__typename !== "Blob") return refuse("is not a file");
  if (object.isTruncated === true) return refuse("is too large");
  if (object.isBinary !== false || typeof object.text !== "string") return refuse("is binary");
  return { ok: true, text: object.text };
}
