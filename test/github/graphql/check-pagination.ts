import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { QueryRefusal } from "./query-refusal.ts";

const MAX_NODES = 500_000;

/**
 * Refuses a query whose connections have no bounds, or too wide ones, as GitHub does before it looks at any data.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit
 */
export function checkPagination(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  let nodes = 0;

  function visitField(field: FieldNode, known: GraphQLField<unknown, unknown>, times: number): void {
    const type = getNamedType(known.type);
    let inside = times;
    if (type.name.endsWith("Connection")) {
      inside = times * sizeOf(field.name.value, getArgumentValues(known, field, variables));
      nodes += inside;
    }
    if (field.selectionSet !== undefined) visitSelections(field.selectionSet, type, inside);
  }

  function visitSelections({ selections }: SelectionSetNode, type: GraphQLNamedType, times: number): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
        const known = fields[selection.name.value];
        if (known !== undefined) visitField(selection, known, times);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : document.definitions.find(
              (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
            );
      if (fragment === undefined || !("selectionSet" in fragment) || fragment.selectionSet === undefined)
        continue;
      const name = "typeCondition" in fragment ? fragment.typeCondition?.name.value : undefined;
      visitSelections(fragment.selectionSet, schema.getType(name ?? "") ?? type, times);
    }
  }

  const operation = getOperationAST(document);
  const root = operation == null ? null : schema.getRootType(operation.operation);
  if (operation == null || root == null) return;
  visitSelections(operation.selectionSet, root, 1);
  if (nodes > MAX_NODES) {
    throw new QueryRefusal(
      "MAX_NODE_LIMIT_EXCEEDED",
      `This query requests up to ${nodes.toLocaleString("en")} possible nodes which exceeds the maximum limit of 500,000.`,
    );
  }
}

/** How many nodes a connection may have. */
function sizeOf(name: string, { first, last }: Readonly<Record<string, unknown>>): number {
  if (first == null && last == null) {
    throw new QueryRefusal(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  const [bound, size] = first == null ? ["last", Number(last)] : ["first", Number(first)];
  if (size > 100) {
    throw new QueryRefusal(
      "EXCESSIVE_PAGINATION",
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`${bound}\` limit of 100 records.`,
    );
  }
  if (size < 1) {
    throw new QueryRefusal(
      "ARGUMENT_LIMIT",
      `\`${bound}\` on the \`${name}\` connection cannot be less than one.`,
    );
  }
  return size;
}
