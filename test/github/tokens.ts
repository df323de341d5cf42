import { createVerify, randomBytes } from "node:crypto";
import type { Permissions } from "./permissions.ts";
import { Refusal } from "./state.ts";

const TOKEN_LIFETIME_MS = 3_600_000;

/** Who a request comes from: the App itself (JWT) or one of its installations (token). */
export interface Tokens {
  create(permissions: Permissions, installationId: number): { token: string; expiresAt: string };
  /** @throws Refusal 401 for anything that is not a valid, unexpired credential. */
  check(authorization: string | undefined): "app" | Permissions;
  /** The installation whose token this is; null for the App itself and for what is no token. */
  installationOf(authorization: string | undefined): number | null;
  expireAll(): void;
}

export function createTokens(appId: number, publicKey: string, clock: () => number): Tokens {
  const tokens = new Map<string, { permissions: Permissions; installationId: number; expires: number }>();

  function isValidJwt(jwt: string): boolean {
    const [header = "", payload = "", signature = ""] = jwt.split(".");
    const verifier = createVerify("RSA-SHA256").update(`${header}.${payload}`);
    if (!verifier.verify(publicKey, Buffer.from(signature, "base64url"))) return false;
    const { iss, exp } = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as {
      iss: number | string;
      exp: number;
    };
    return String(iss) === String(appId) && exp * 1000 > clock();
  }

  return {
    create(permissions, installationId) {
      // GitHub's newer form is long; nobody may rely on 40 characters (GITHUB.md §0.12).
      const token = `ghs_${appId}_${randomBytes(90).toString("base64url")}`;
      const expires = clock() + TOKEN_LIFETIME_MS;
      tokens.set(token, { permissions, installationId, expires });
      return { token, expiresAt: new Date(expires).toISOString().replace(/\.\d+Z$/, "Z") };
    },
    check(authorization) {
      const [, scheme = "", credential = ""] = /^(\S+) (\S+)$/.exec(authorization ?? "") ?? [];
      if (scheme.toLowerCase() === "bearer" && credential.split(".").length === 3) {
        if (isValidJwt(credential)) return "app";
        throw new Refusal(401, "A JSON web token could not be decoded");
      }
      const known = tokens.get(credential);
      if (known === undefined || known.expires <= clock()) throw new Refusal(401, "Bad credentials");
      return known.permissions;
    },
    installationOf: (authorization) =>
      tokens.get(/^\S+ (\S+)$/.exec(authorization ?? "")?.[1] ?? "")?.installationId ?? null,
    expireAll() {
      for (const one of tokens.values()) one.expires = 0;
    },
  };
}
