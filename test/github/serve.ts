import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { complete } from "./complete.ts";
import type { Description, Operation, Schema } from "./description.ts";
import { answerQuery } from "./graphql.ts";
import { ROUTES, type RouteAnswer, type RouteContext } from "./routes.ts";
import { Refusal, type RepositoryState } from "./state.ts";

/** One request that arrived. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly operationId: string | null;
  readonly body: unknown;
  status: number;
}

/** A disturbance: the request is not fulfilled, or it is and the answer says otherwise. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  times: number;
  readonly when: "before" | "after";
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface ApiState {
  readonly description: Description;
  readonly repositories: Map<string, RepositoryState>;
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly requests: LoggedRequest[];
  readonly violations: string[];
  readonly faults: Fault[];
  readonly context: RouteContext;
}

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
  const url = new URL(request.url ?? "/", "http://localhost");
  const method = request.method ?? "GET";
  const text = await readBody(request);
  const path = url.pathname.replace(/^\/api\/v3/, "");
  const body: unknown = text === "" ? {} : JSON.parse(text);
  const found = state.description.find(method, path);
  const logged: LoggedRequest = {
    method,
    path,
    operationId: found?.operation.operationId ?? null,
    body,
    status: 0,
  };
  state.requests.push(logged);
  const fault = state.faults.find((one) => one.times > 0 && one.method === method && one.path.test(path));
  if (fault !== undefined) fault.times -= 1;
  if (fault?.when === "before") {
    logged.status = fault.status;
    reply(response, fault.status, fault.body ?? { message: "Server Error" }, fault.headers);
    return;
  }
  if (url.pathname === "/api/graphql") {
    await answerGraphQL(state, request, response, logged);
    return;
  }
  const result = route(state, found, {
    method,
    path,
    url,
    body,
    authorization: request.headers.authorization,
  });
  const shown =
    fault === undefined ? result : { status: fault.status, body: fault.body ?? { message: "Server Error" } };
  logged.status = shown.status;
  const links = Array.isArray(result.body) ? nextLink(url, result.body.length) : {};
  reply(response, shown.status, shown.body, { ...links, ...fault?.headers });
}

/** GraphQL answers 200 also when it refuses; a query that does not fit the schema is a violation. */
async function answerGraphQL(
  state: ApiState,
  request: IncomingMessage,
  response: ServerResponse,
  logged: LoggedRequest,
): Promise<void> {
  try {
    const permissions = state.context.tokens.check(request.headers.authorization);
    if (permissions === "app") throw new Refusal(403, "Resource not accessible by integration");
    const result = await answerQuery(state.repositories, permissions, logged.body as { query: string });
    for (const { type, message } of result.errors ?? [])
      if (type === undefined) state.violations.push(`GraphQL: ${message}`);
    logged.status = 200;
    reply(response, 200, result);
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
      const { token, expiresAt } = context.tokens.create(state.permissions);
      return {
        status: 201,
        body: { token, expires_at: expiresAt, permissions: state.permissions, repository_selection: "all" },
      };
    }
    if (credential === "app") throw new Refusal(403, "Resource not accessible by integration");
    const repository = state.repositories.get(`${parameters.owner}/${parameters.repo}`);
    const handler = ROUTES[operation.operationId];
    if (handler === undefined)
      violations.push(`${name}: the stand-in does not know ${operation.operationId}`);
    if (repository === undefined || handler === undefined) throw new Refusal(404, "Not Found");
    const known = handler(
      {
        parameters,
        query: incoming.url.searchParams,
        body: incoming.body as Record<string, unknown>,
        permissions: credential,
        repository,
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
  const described = description.resolve<{ content?: Readonly<Record<string, { schema?: Schema }>> }>(
    operation.responses[String(known.status)] ?? {},
  );
  const schema = described.content?.["application/json"]?.schema;
  if (schema === undefined) {
    violations.push(`${name}: status ${known.status} is not described`);
    return known;
  }
  const body = complete(description, schema, known.body);
  for (const problem of description.problems(schema, body, false).slice(0, 5))
    violations.push(`${name}: answer ${problem}`);
  return { status: known.status, body };
}

function nextLink(url: URL, count: number): Record<string, string> {
  const size = Math.min(100, Number(url.searchParams.get("per_page") ?? "30"));
  if (count < size) return {};
  const next = new URL(url);
  next.searchParams.set("page", String(Number(url.searchParams.get("page") ?? "1") + 1));
  return { link: `<${next.pathname}${next.search}>; rel="next"` };
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
