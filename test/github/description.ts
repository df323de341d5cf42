import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";

/** A JSON schema of GitHub's description, as far as the stand-in looks into it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly format?: string;
  readonly additionalProperties?: boolean | Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly $ref?: string;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly $ref?: string; readonly in?: string; readonly name?: string }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly "x-webhooks": Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** GitHub's OpenAPI description with validators that are compiled when an operation is first used. */
export interface Description {
  find(
    method: string,
    path: string,
  ): { operation: Operation; template: string; parameters: Record<string, string> } | null;
  resolve<T>(value: T & { readonly $ref?: string }): T;
  /** Words of what is wrong with a value, empty when it is right. */
  problems(schema: Schema, value: unknown, isClosed: boolean): string[];
  webhook(event: string, action: string | null): Schema | null;
}

let loaded: Description | undefined;

/** Reads the description once (13 MB, half a second). */
export function loadDescription(): Description {
  loaded ??= createDescription();
  return loaded;
}

function createDescription(): Description {
  const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
  const document: Document = JSON.parse(readFileSync(file, "utf8"));
  allowNull(document.components.schemas);
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, logger: false });
  ajv.addSchema({ $id: "github", components: document.components } as object);
  const validators = new Map<Schema, ValidateFunction>();
  const templates = Object.keys(document.paths).map((template) => ({
    template,
    pattern: new RegExp(
      `^${template
        .replace(/[.]/g, "\\.")
        .replace(/\{path\}/g, "(.+)")
        .replace(/\{\w+\}/g, "([^/]+)")}$`,
    ),
    names: [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""),
  }));

  function resolve<T>(value: T & { readonly $ref?: string }): T {
    if (value.$ref === undefined) return value;
    const [, , kind = "", name = ""] = value.$ref.split("/");
    return document.components[kind]?.[name] as T;
  }

  function compile(schema: Schema, isClosed: boolean): ValidateFunction {
    const known = validators.get(schema);
    if (known !== undefined) return known;
    const copy = structuredClone(schema);
    allowNull(copy);
    if (isClosed) close(copy);
    const compiled = ajv.compile(pointToComponents(copy) as object);
    validators.set(schema, compiled);
    return compiled;
  }

  return {
    find(method, path) {
      for (const { template, pattern, names } of templates) {
        const operation = document.paths[template]?.[method.toLowerCase()];
        const match = operation === undefined ? null : pattern.exec(path);
        if (operation === undefined || match === null) continue;
        const parameters = Object.fromEntries(
          names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")]),
        );
        return { operation, template, parameters };
      }
      return null;
    },
    resolve,
    problems(schema, value, isClosed) {
      const validate = compile(schema, isClosed);
      if (validate(value)) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
    },
    webhook(event, action) {
      const name = [event, action]
        .filter((part) => part !== null)
        .join("-")
        .replaceAll("_", "-");
      const body = document["x-webhooks"][name]?.post.requestBody;
      return body?.content?.["application/json"]?.schema ?? null;
    },
  };
}

/** OpenAPI 3.0 says `nullable`, JSON schema says `type: [..., "null"]` or offers null as a choice. */
function allowNull(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const child of Object.values(value)) allowNull(child);
  const schema = value as Record<string, unknown> & { type?: string | string[]; enum?: unknown[] };
  if (schema.nullable !== true) return;
  delete schema.nullable;
  if (typeof schema.type === "string") {
    schema.type = [schema.type, "null"];
    if (schema.enum !== undefined && !schema.enum.includes(null)) schema.enum.push(null);
    return;
  }
  const copy = { ...schema };
  for (const key of Object.keys(schema)) delete schema[key];
  schema.anyOf = [copy, { type: "null" }];
}

/** Request bodies refuse unknown keys, so that a misspelt one fails. */
function close(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const schema = value as {
    properties?: object;
    additionalProperties?: unknown;
    oneOf?: unknown;
    anyOf?: unknown;
  };
  const isOpen = schema.additionalProperties === undefined || schema.additionalProperties === true;
  if (schema.properties !== undefined && isOpen && schema.oneOf === undefined && schema.anyOf === undefined) {
    schema.additionalProperties = false;
  }
  for (const [key, child] of Object.entries(value)) if (key !== "oneOf" && key !== "anyOf") close(child);
}

function pointToComponents(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(pointToComponents);
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      if (key === "$ref" && typeof child === "string") return [key, `github${child}`];
      return [key, pointToComponents(child)];
    }),
  );
}
