import { getOperationAST, parse } from "graphql";

/** The kind and name of a request's operation, as in `mutation ChangeThreads`; null when it cannot be read. */
export function operationName(body: unknown): string | null {
  const { query } = body as { query?: unknown };
  if (typeof query !== "string") return null;
  try {
    const operation = getOperationAST(parse(query));
    if (operation == null) return null;
    return [operation.operation, operation.name?.value].filter((one) => one !== undefined).join(" ");
  } catch {
    return null;
  }
}
