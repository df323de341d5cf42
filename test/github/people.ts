import { createHash } from "node:crypto";

/** The App's own login, as REST writes it; GraphQL's actors have it without `[bot]`. */
export const BOT = "yieldsign[bot]";

/** Who acts where a test does not say. */
export const PERSON = "octocat";

export function isBot(login: string): boolean {
  return login.endsWith("[bot]");
}

/** An account as REST and webhooks show it; a login always has the same id. */
export function userObject(login: string): { id: number; login: string } & Record<string, unknown> {
  return {
    login,
    id: createHash("sha256").update(login).digest().readUInt32BE() % 100_000_000,
    type: isBot(login) ? "Bot" : "User",
    url: `https://api.github.com/users/${encodeURIComponent(login)}`,
    html_url: `https://github.com/${isBot(login) ? `apps/${login.slice(0, -5)}` : login}`,
    node_id: nodeIdOf(login),
  };
}

/** An account as GraphQL's `Actor` shows it. */
export function actorNode(login: string) {
  return isBot(login)
    ? { __typename: "Bot", id: nodeIdOf(login), login: login.slice(0, -5) }
    : userNode(login);
}

/** An account where GraphQL says `User`; there a bot keeps its `[bot]`. */
export function userNode(login: string) {
  return { __typename: "User", id: nodeIdOf(login), login };
}

function nodeIdOf(login: string): string {
  return `U_${Buffer.from(login).toString("base64url")}`;
}

/** Somebody as the author and committer of what they commit. */
export function gitPeople(login: string) {
  const name = login === PERSON ? "Octocat" : login;
  const person = { name, email: `${login}@users.noreply.github.com` };
  return { author: person, committer: person };
}
