import { randomUUID } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { commitOf, need, ok } from "./route-helpers.ts";
import type { Route } from "./routes.ts";
import { Refusal } from "./state.ts";

/** GitHub's limits of an upload (OAS code-scanning/upload-sarif). */
const MAX_ZIPPED_BYTES = 10 * 1024 * 1024;
const MAX_RUNS = 20;
const MAX_RESULTS = 25_000;

/** Uploading results to code scanning, and what became of an upload. */
export const CODE_SCANNING_ROUTES: Readonly<Record<string, Route>> = {
  "code-scanning/upload-sarif": ({ repository, body, permissions }) => {
    need(permissions, "security_events");
    const { commit_sha: commitSha, ref, sarif } = body as Readonly<Record<string, string>>;
    commitOf(repository, commitSha ?? "");
    const zipped = Buffer.from(sarif ?? "", "base64");
    if (zipped.length > MAX_ZIPPED_BYTES) throw new Refusal(413, "Payload too large");
    const log = parse(zipped);
    const id = randomUUID();
    repository.sarifs.push({ id, commitSha: commitSha ?? "", ref: ref ?? "", log, errors: problemsOf(log) });
    const url = `https://api.github.com/repos/${repository.owner}/${repository.name}/code-scanning/sarifs/${id}`;
    return ok({ id, url }, 202);
  },
  "code-scanning/get-sarif": ({ repository, parameters }) => {
    const found = repository.sarifs.find(({ id }) => id === parameters.sarif_id);
    if (found === undefined) throw new Refusal(404, "Not Found");
    const { errors } = found;
    return ok(
      errors.length === 0
        ? { processing_status: "complete", analyses_url: "https://api.github.com/analyses", errors: null }
        : { processing_status: "failed", analyses_url: null, errors },
    );
  },
};

function parse(zipped: Buffer): unknown {
  try {
    return JSON.parse(gunzipSync(zipped).toString("utf8"));
  } catch {
    throw new Refusal(400, "Invalid SARIF. The file is not gzipped JSON in base64.");
  }
}

/** What GitHub finds when it processes the upload, after it was accepted. */
function problemsOf(log: unknown): string[] {
  const { version, runs } = (log ?? {}) as { version?: unknown; runs?: unknown };
  if (version !== "2.1.0") return ["Invalid SARIF. version is not 2.1.0"];
  if (!Array.isArray(runs)) return ["Invalid SARIF. runs is missing"];
  if (runs.length > MAX_RUNS)
    return [`rejecting SARIF, as there are more runs than allowed (${runs.length} > ${MAX_RUNS})`];
  return (runs as { results?: unknown[]; tool?: { driver?: { name?: unknown } } }[]).flatMap((run, index) => {
    const count = run.results?.length ?? 0;
    if (typeof run.tool?.driver?.name !== "string")
      return [`Invalid SARIF. run ${index} has no tool.driver.name`];
    return count > MAX_RESULTS
      ? [`rejecting SARIF, as there are more results per run than allowed (${count} > ${MAX_RESULTS})`]
      : [];
  });
}
