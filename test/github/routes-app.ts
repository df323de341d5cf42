import type { Hooks } from "./hooks.ts";
import type { Limits } from "./limits.ts";
import type { Names } from "./locate.ts";
import { repositoryObject, type World } from "./objects.ts";
import type { AppGrant } from "./permissions.ts";
import { listed, ok, page } from "./route-helpers.ts";
import type { RouteAnswer } from "./routes.ts";
import { type InstallationState, Refusal, type RepositoryState } from "./state.ts";
import type { Delivery } from "./webhooks.ts";

/** A request that is about the App or an installation, not about one repository. */
interface AppRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly url: URL;
  readonly installationId: number | null;
}

/** What these routes look at. */
interface AppWorld extends Names {
  readonly installations: ReadonlyMap<number, InstallationState>;
  /** What the App asks for. */
  readonly grant: AppGrant;
  readonly hooks: Hooks;
  readonly limits: Limits | null;
  readonly context: { readonly world: World };
}

type AppRoute = (request: AppRequest, world: AppWorld) => RouteAnswer;

/** Operations with the App's JWT. */
export const APP_ROUTES: Readonly<Record<string, AppRoute>> = {
  "apps/get-authenticated": (_, { context, grant }) =>
    ok({ id: context.world.appId, slug: "yieldsign", name: "Yieldsign", ...grant }),
  "apps/list-installations": ({ query }, world) =>
    listed(
      [...world.installations.values()].map((one) => installationObject(one, world)),
      query,
    ),
  "apps/get-installation": ({ parameters }, world) =>
    ok(installationObject(installationOf(world, Number(parameters.installation_id)), world)),
  "apps/get-repo-installation": ({ parameters }, world) => {
    const repository = world.repositories.get(`${parameters.owner}/${parameters.repo}`);
    return ok(installationObject(installationOf(world, repository?.installationId ?? null), world));
  },
  "apps/list-webhook-deliveries": ({ query, url }, { hooks }) => {
    const status = query.get("status");
    const all = hooks.deliveries
      .filter((one) => one.status > 0 && (status === null || (status === "failure") === one.status >= 400))
      .reverse();
    // The cursor is the last delivery of the page before: newer ones do not shift the pages.
    const cursor = query.get("cursor");
    const rest = all.filter(({ id }) => cursor === null || id < Number(cursor));
    const shown = rest.slice(0, Math.min(100, Number(query.get("per_page") ?? "30")));
    const answer = ok(shown.map(deliveryItem));
    if (shown.length === rest.length) return answer;
    const next = new URL(url);
    next.searchParams.set("cursor", String(shown.at(-1)?.id));
    return { ...answer, headers: { link: `<${next.href}>; rel="next"` } };
  },
  "apps/get-webhook-delivery": ({ parameters }, { hooks }) => {
    const delivery = deliveryOf(hooks, parameters);
    return ok({
      ...deliveryItem(delivery),
      url: "https://example.com/api/github/webhooks",
      request: {
        headers: { "X-GitHub-Delivery": delivery.guid, "X-GitHub-Event": delivery.event },
        payload: JSON.parse(delivery.body),
      },
      response: { headers: {}, payload: "" },
    });
  },
  "apps/redeliver-webhook-delivery": ({ parameters }, { hooks }) => {
    // GitHub answers at once and sends afterwards.
    void hooks.redeliver(deliveryOf(hooks, parameters));
    return ok({}, 202);
  },
};

/** Operations with an installation's token. */
export const INSTALLATION_ROUTES: Readonly<Record<string, AppRoute>> = {
  "apps/list-repos-accessible-to-installation": ({ query, installationId }, { repositories, context }) => {
    const all = [...repositories.values()].filter((one) => one.installationId === installationId);
    const shown = page(all, query).map((one: RepositoryState) => repositoryObject(context.world, one));
    return ok({ total_count: all.length, repositories: shown });
  },
  "rate-limit/get": ({ installationId }, { limits }) => {
    if (limits === null) throw new Refusal(404, "Rate limiting is not enabled.");
    const { core, graphql } = limits.state(installationId ?? 0);
    return ok({ resources: { core, graphql, search: core }, rate: core });
  },
};

function installationOf({ installations }: AppWorld, id: number | null): InstallationState {
  const found = installations.get(id ?? 0);
  if (found === undefined) throw new Refusal(404, "Not Found");
  return found;
}

function installationObject(
  { id, account, permissions, events }: InstallationState,
  { context }: AppWorld,
): object {
  const user = { login: account, id: id + 100, type: "Organization", node_id: "O" };
  return {
    id,
    account: user,
    app_id: context.world.appId,
    app_slug: "yieldsign",
    target_id: user.id,
    target_type: user.type,
    suspended_at: null,
    suspended_by: null,
    repository_selection: "all",
    permissions,
    events,
  };
}

function deliveryOf({ deliveries }: Hooks, { delivery_id: id }: Readonly<Record<string, string>>): Delivery {
  const found = deliveries.find((one) => String(one.id) === id);
  if (found === undefined) throw new Refusal(404, "Not Found");
  return found;
}

function deliveryItem(delivery: Delivery): object {
  const { id, guid, event, action, status, outcome, duration, deliveredAt, isRedelivery } = delivery;
  return {
    id,
    guid,
    delivered_at: deliveredAt,
    redelivery: isRedelivery,
    duration,
    status: outcome,
    status_code: status,
    event,
    action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}
