import {
  buildSchema,
  execute,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import { BOT, userNode } from "../people.ts";
import type { Asker } from "./asker.ts";
import { checkPagination } from "./check-pagination.ts";
import { commitOnBranch } from "./commit-on-branch.ts";
import { mutationFields } from "./mutations.ts";
import { QueryRefusal } from "./query-refusal.ts";
import { repositoryNode } from "./repository-node.ts";

let loaded: GraphQLSchema | undefined;

/** GitHub's schema as it publishes it; read when the first query arrives. */
async function loadSchema(): Promise<GraphQLSchema> {
  if (loaded !== undefined) return loaded;
  const { schema } = await import("@octokit/graphql-schema");
  loaded = buildSchema(schema.idl, { assumeValidSDL: true });
  return loaded;
}

/** An error without a type is the stand-in's: the query does not fit the schema, or asks for what it does not know. */
interface QueryError {
  readonly type?: string;
  readonly message: string;
  readonly path?: GraphQLFormattedError["path"];
}

interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly QueryError[];
}

interface GraphQLRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** Answers a query: validated against GitHub's schema, resolved from the state; refusals come with status 200. */
export async function answerQuery(
  asker: Asker,
  { query, variables = {} }: GraphQLRequest,
): Promise<GraphQLAnswer> {
  const schema = await loadSchema();
  try {
    const document = parse(query);
    const problems = validate(schema, document);
    if (problems.length > 0) return { errors: problems.map(({ message }) => ({ message })) };
    checkPagination(schema, document, variables);
    const { data, errors } = await execute({
      schema,
      document,
      rootValue: rootOf(asker),
      variableValues: variables,
      typeResolver: (value) => (value as { __typename?: string }).__typename,
    });
    if (errors === undefined) return { data };
    const shown = errors.map(({ message, path, originalError }): QueryError => {
      const type = originalError instanceof QueryRefusal ? { type: originalError.type } : {};
      return { ...type, ...(path === undefined ? {} : { path }), message };
    });
    return { data, errors: shown };
  } catch (error) {
    if (error instanceof QueryRefusal) return { errors: [{ type: error.type, message: error.message }] };
    return { errors: [{ message: String(error) }] };
  }
}

function rootOf(asker: Asker) {
  return {
    viewer: userNode(BOT),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = asker.repositories.get(`${owner}/${name}`);
      if (repository !== undefined) return repositoryNode(asker, repository);
      const message = `Could not resolve to a Repository with the name '${owner}/${name}'.`;
      throw new QueryRefusal("NOT_FOUND", message);
    },
    ...mutationFields(asker),
    createCommitOnBranch: commitOnBranch(asker),
  };
}
