import { createSign } from "node:crypto";
import type { GitHub } from "./start-github.ts";

/** An answer of the stand-in, as a test looks at it. */
interface CalledAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text read as JSON; empty when it is something else. */
  readonly body: Record<string, unknown>;
}

interface CallOptions {
  readonly body?: unknown;
  readonly accept?: string;
  /** `bearer JWT` of the App where it is not given. */
  readonly authorization?: string;
}

/** A JSON web token of the App, valid for a minute. */
export function jwtOf(github: GitHub): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const head = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iss: github.appId, iat: now, exp: now + 60 })}`;
  return `${head}.${createSign("RSA-SHA256").update(head).sign(github.privateKey, "base64url")}`;
}

/** Sends one request to the API, without following redirections. */
export async function callApi(
  github: GitHub,
  method: string,
  path: string,
  { body, accept = "application/json", authorization = `bearer ${jwtOf(github)}` }: CallOptions = {},
): Promise<CalledAnswer> {
  const response = await fetch(`http://${github.host}/api${path}`, {
    method,
    redirect: "manual",
    headers: { authorization, accept, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
}

/** A token of an installation, as the `authorization` header has it. */
export async function tokenOf(github: GitHub, installationId = 1): Promise<string> {
  const path = `/v3/app/installations/${installationId}/access_tokens`;
  const { body } = await callApi(github, "POST", path, { body: {} });
  return `token ${body.token}`;
}
