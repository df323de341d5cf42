import type { GitHubClient, Repository } from "../github/client.ts";
import { CONFIGURATION_SELECTION, readConfigurationFiles } from "../github/configuration-files.ts";
import { type PullRequestState, readPullRequestState } from "../github/read-pull-request-state.ts";
import { type LoadedSettings, loadSettings } from "./load-settings.ts";

/** A pull request as it is now, and the settings that it is reviewed by. */
export interface KnownPullRequest {
  readonly state: PullRequestState;
  readonly loaded: LoadedSettings;
}

/**
 * Reads a pull request together with the configuration's files, which all lie on default branches: one request, and one
 * for each `_extends`.
 * @throws GitHubError
 */
export async function readWithSettings(
  client: GitHubClient,
  repository: Repository,
  number: number,
  appId: number,
): Promise<KnownPullRequest> {
  const read = await readPullRequestState(client, repository, number, appId, CONFIGURATION_SELECTION);
  return {
    state: read.state,
    loaded: await loadSettings(client, repository, readConfigurationFiles(read.data)),
  };
}
