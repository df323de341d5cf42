import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { complete } from "./complete.ts";
import type { Description, Operation, Schema } from "./description.ts";
import { answerQuery } from "./graphql/answer-query.ts";
import type { Asker } from "./graphql/asker.ts";
import { operationName } from "./graphql/operation-name.ts";
import type { Hooks } from "./hooks.ts";
import { type Interruption, interrupt } from "./interruptions.ts";
import { isKnownDeparture } from "./known-departures.ts";
import type { Limits } from "./limits.ts";
import { redirect, toNamedPath, withOldNames } from "./locate.ts";
import { nextLink } from "./next-link.ts";
import type { AppGrant } from "./permissions.ts";
import { ROUTES, type RouteAnswer, type RouteContext } from "./routes.ts";
import { APP_ROUTES, INSTALLATION_ROUTES } from "./routes-app.ts";
import { type InstallationState, Refusal, type RepositoryState } from "./state.ts";

/** One request that arrived. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly operationId: string | null;
  /** Of a GraphQL request the operation's kind and name in the document, as in `query PullRequestState`. */
  readonly operationName: string | null;
  readonly body: unknown;
  status: number;
}

/** A disturbance: the request is not fulfilled, or it is and the answer says otherwise. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  /** Only GraphQL operations of this name, as in `query Blobs`. */
  readonly operationName?: string;
  times: number;
  readonly when: "before" | "after";
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface ApiState {
  readonly description: Description;
  readonly repositories: Map<string, RepositoryState>;
  /** Names that repositories had, with their ids. */
  readonly oldNames: Map<string, number>;
  readonly installations: Map<number, InstallationState>;
  readonly hooks: Hooks;
  readonly limits: Limits | null;
  /** What the App asks for. */
  grant: AppGrant;
  /** Tells of a branch that the App moved. */
  pushed: Asker["pushed"];
  readonly requests: LoggedRequest[];
  readonly violations: string[];
  readonly faults: Fault[];
  readonly interruptions: Interruption[];
  readonly context: RouteContext;
}

const SERVER_ERROR = { message: "Server Error" };

/** In GitHub's words for a new token (google-gemini/gemini-cli#12033); those for one that is out are not documented. */
const SUSPENDED: RouteAnswer = { status: 403, body: { message: "This installation has been suspended" } };

/** The HTTP side: routes by GitHub's description, checks every request and answer against it. */
export function createApi(state: ApiState) {
  return createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => {
      state.violations.push(`the stand-in failed: ${String(error)}`);
      reply(response, 500, { message: String(error) });
    });
  });
}

async function answer(state: ApiState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const method = request.method ?? "GET";
  const text = await readBody(request);
  const path = url.pathname.replace(/^\/api\/v3/, "");
  const body: unknown = text === "" ? {} : JSON.parse(text);
  const namedPath = toNamedPath(state, path);
  const found = state.description.find(method, namedPath);
  const logged: LoggedRequest = {
    method,
    path,
    operationId: found?.operation.operationId ?? null,
    operationName: url.pathname === "/api/graphql" ? operationName(body) : null,
    body,
    status: 0,
  };
  state.requests.push(logged);
  await interrupt(state.interruptions, logged);
  const fault = state.faults.find(
    (one) =>
      one.times > 0 &&
      one.method === method &&
      one.path.test(path) &&
      (one.operationName === undefined || one.operationName === logged.operationName),
  );
  if (fault !== undefined) fault.times -= 1;
  if (fault?.when === "before") {
    logged.status = fault.status;
    reply(response, fault.status, fault.body ?? SERVER_ERROR, fault.headers);
    return;
  }
  const installationId = state.context.tokens.installationOf(request.headers.authorization);
  const resource = url.pathname === "/api/graphql" ? "graphql" : "core";
  const isFree = installationId === null || logged.operationId === "rate-limit/get";
  const counted = isFree ? null : state.limits?.count(installationId, resource);
  for (const [name, value] of Object.entries(counted?.headers ?? {})) response.setHeader(name, value);
  const installation = state.installations.get(installationId ?? 0);
  const refusal =
    counted?.refusal ??
    (installation?.isSuspended === true ? SUSPENDED : redirect(state, { method, path, url }));
  if (refusal !== null) {
    logged.status = refusal.status;
    reply(response, refusal.status, refusal.body, refusal.headers);
    return;
  }
  if (url.pathname === "/api/graphql") {
    await answerGraphQL(state, request, response, { logged, fault, installationId });
    return;
  }
  const result = route(state, found, {
    method,
    path: namedPath,
    url,
    body,
    authorization: request.headers.authorization,
    accept: request.headers.accept ?? "",
    installationId,
  });
  const shown: RouteAnswer =
    fault === undefined ? result : { status: fault.status, body: fault.body ?? SERVER_ERROR };
  logged.status = shown.status;
  const headers = { ...nextLink(url, result), ...result.headers, ...fault?.headers };
  if (shown.status === 204) response.writeHead(204, headers).end();
  else if (shown.raw === undefined) reply(response, shown.status, shown.body, headers);
  else response.writeHead(shown.status, { "content-type": "application/octet-stream" }).end(shown.raw);
}

/** GraphQL answers 200 also when it refuses; a query that does not fit the schema is a violation. */
async function answerGraphQL(
  state: ApiState,
  request: IncomingMessage,
  response: ServerResponse,
  {
    logged,
    fault,
    installationId,
  }: { logged: LoggedRequest; fault: Fault | undefined; installationId: number | null },
): Promise<void> {
  try {
    const permissions = state.context.tokens.check(request.headers.authorization);
    if (permissions === "app") throw new Refusal(403, "Resource not accessible by integration");
    const { context, pushed } = state;
    const { nextId, world } = context;
    const repositories = withOldNames(state);
    const asker: Asker = { repositories, permissions, installationId, appId: world.appId, nextId, pushed };
    const result = await answerQuery(asker, logged.body as { query: string });
    for (const { type, message } of result.errors ?? [])
      if (type === undefined) state.violations.push(`GraphQL: ${message}`);
    logged.status = fault?.status ?? 200;
    reply(
      response,
      logged.status,
      fault === undefined ? result : (fault.body ?? SERVER_ERROR),
      fault?.headers,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    logged.status = error.status;
    reply(response, error.status, { message: error.message });
  }
}

interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly url: URL;
  readonly body: unknown;
  readonly authorization: string | undefined;
  readonly accept: string;
  readonly installationId: number | null;
}

function route(state: ApiState, found: ReturnType<Description["find"]>, incoming: Incoming): RouteAnswer {
  const { violations, context } = state;
  const name = `${incoming.method} ${incoming.path}`;
  try {
    if (found === null) {
      violations.push(`${name}: no such operation`);
      throw new Refusal(404, "Not Found");
    }
    const { operation, parameters } = found;
    checkRequest(state, name, operation, incoming);
    const credential = context.tokens.check(incoming.authorization);
    if (operation.operationId === "apps/create-installation-access-token") {
      if (credential !== "app") throw new Refusal(401, "A JSON web token could not be decoded");
      const id = Number(parameters.installation_id);
      const installation = state.installations.get(id);
      if (installation === undefined) throw new Refusal(404, "Not Found");
      if (installation.isSuspended) return SUSPENDED;
      const { permissions } = installation;
      const { token, expiresAt } = context.tokens.create(permissions, id);
      return {
        status: 201,
        body: { token, expires_at: expiresAt, permissions, repository_selection: "all" },
      };
    }
    const appRoute = APP_ROUTES[operation.operationId];
    const isApp = credential === "app";
    if (appRoute !== undefined && !isApp) throw new Refusal(401, "A JSON web token could not be decoded");
    if (appRoute === undefined && isApp) throw new Refusal(403, "Resource not accessible by integration");
    const worldRoute = appRoute ?? INSTALLATION_ROUTES[operation.operationId];
    if (worldRoute !== undefined) {
      const { url, installationId } = incoming;
      const known = worldRoute({ parameters, query: url.searchParams, url, installationId }, state);
      return checkAnswer(state, name, operation, known);
    }
    const repository = state.repositories.get(`${parameters.owner}/${parameters.repo}`);
    const handler = ROUTES[operation.operationId];
    if (handler === undefined)
      violations.push(`${name}: the stand-in does not know ${operation.operationId}`);
    if (repository === undefined || handler === undefined || isApp) throw new Refusal(404, "Not Found");
    checkWrite(repository, incoming);
    const known = handler(
      {
        parameters,
        query: incoming.url.searchParams,
        body: incoming.body as Record<string, unknown>,
        permissions: credential,
        repository,
        accept: incoming.accept,
      },
      context,
    );
    return checkAnswer(state, name, operation, known);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, message, errors } = error;
    return {
      status,
      body: {
        message,
        ...(errors === null ? {} : { errors }),
        documentation_url: "https://docs.github.com/rest",
      },
    };
  }
}

/** Everybody reads what is public; writing takes a token of the repository's own installation. */
function checkWrite({ isArchived, installationId }: RepositoryState, incoming: Incoming): void {
  if (incoming.method === "GET") return;
  if (installationId !== incoming.installationId)
    throw new Refusal(403, "Resource not accessible by integration");
  if (isArchived) throw new Refusal(403, "Repository was archived so is read-only.");
}

function checkRequest(
  { description, violations }: ApiState,
  name: string,
  operation: Operation,
  { url, body }: Incoming,
): void {
  const parameters = (operation.parameters ?? []).map((one) =>
    description.resolve<{ in?: string; name?: string }>(one),
  );
  const known = parameters.filter((one) => one.in === "query").map((one) => one.name);
  for (const key of url.searchParams.keys()) {
    if (!known.includes(key)) violations.push(`${name}: unknown parameter ${key}`);
  }
  const schema = operation.requestBody?.content?.["application/json"]?.schema;
  if (schema === undefined) return;
  for (const problem of description.problems(schema, body, true))
    violations.push(`${name}: request ${problem}`);
}

function checkAnswer(
  { description, violations }: ApiState,
  name: string,
  operation: Operation,
  known: RouteAnswer,
): RouteAnswer {
  if (known.raw !== undefined) return known;
  const described = description.resolve<{ content?: Readonly<Record<string, { schema?: Schema }>> }>(
    operation.responses[String(known.status)] ?? {},
  );
  const schema = described.content?.["application/json"]?.schema;
  const isDescribed = operation.responses[String(known.status)] !== undefined;
  if (known.status === 204 && isDescribed) return known;
  if (schema === undefined) {
    violations.push(`${name}: status ${known.status} is not described`);
    return known;
  }
  const body = complete(description, schema, known.body);
  const problems = description.problems(schema, body, false).filter((one) => !isKnownDeparture(one));
  for (const problem of problems.slice(0, 5)) violations.push(`${name}: answer ${problem}`);
  return { ...known, body };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers })
    .end(JSON.stringify(body));
}
