import type { Language, Tree } from "web-tree-sitter";
import type { Span } from "./location.ts";
import type { SyntaxNode, SyntaxTree } from "./syntax-node.ts";
import { addressOf, type CursorFunctions } from "./tree-cursor.ts";

/** What a copy keeps: everything, or what `extractFacts` looks at. */
export type Detail = "full" | "facts";

/** Copies trees of one grammar out of WebAssembly memory. */
export type TreeCopier = (text: string, tree: Tree, detail: Detail) => SyntaxTree;

// Tokens that tell two readings of their parent apart; all others say no more than the parent's type.
const TOKENS_OF_FACTS: ReadonlySet<string> = new Set([
  ...["async", "from", "and", "or", "|"],
  ...["in", "not in", "is", "is not", "<", "<=", "==", "!=", ">=", ">", "<>"],
]);
// Named nodes that no fact comes from.
const IGNORED_BY_FACTS: ReadonlySet<string> = new Set([
  ...["comment", "string_end", "escape_sequence", "escape_interpolation"],
]);
// Named nodes with nothing below them but tokens and escape sequences.
const LEAVES_OF_FACTS: ReadonlySet<string> = new Set(
  (
    "identifier integer float true false none ellipsis string_start string_content type_conversion " +
    "wildcard_import import_prefix pass_statement break_statement continue_statement keyword_separator " +
    "positional_separator line_continuation"
  ).split(" "),
);
// Named nodes whose children stand under no field (tree-sitter-python/src/node-types.json).
const WITHOUT_FIELDS: ReadonlySet<string> = new Set(
  (
    "argument_list assert_statement await case_pattern class_pattern concatenated_string " +
    "conditional_expression constrained_type decorator delete_statement dictionary dictionary_splat " +
    "dictionary_splat_pattern dotted_name expression_list expression_statement finally_clause " +
    "format_specifier generic_type global_statement if_clause keyword_pattern lambda_parameters list " +
    "list_pattern list_splat list_splat_pattern member_type module nonlocal_statement parameters " +
    "parenthesized_expression pattern_list relative_import return_statement set slice string tuple " +
    "tuple_pattern type type_parameter union_pattern union_type with_clause yield"
  ).split(" "),
);

const CHILDLESS: MutableNode[] = [];

interface MutableNode extends SyntaxNode {
  children: MutableNode[];
}

/** What is known of a node by its type alone, by type id. */
interface NodeType {
  readonly name: string;
  readonly isNamed: boolean;
  /** A copy for facts leaves it out. */
  readonly isIgnored: boolean;
  /** A copy for facts does not look below it. */
  readonly isLeaf: boolean;
  readonly hasFields: boolean;
}

/** Learns the grammar's types once; `functions` are those of the module that parsed the trees. */
export function createTreeCopier(grammar: Language, functions: CursorFunctions): TreeCopier {
  const fields = grammar.fields.map((field) => field ?? null);
  const types = grammar.types.map((name, id) => nodeType(name, grammar.nodeTypeIsNamed(id)));
  const error = nodeType("ERROR", true);
  const {
    _ts_tree_cursor_goto_first_child_wasm: gotoFirstChild,
    _ts_tree_cursor_goto_next_sibling_wasm: gotoNextSibling,
    _ts_tree_cursor_goto_parent_wasm: gotoParent,
    _ts_tree_cursor_current_node_type_id_wasm: typeId,
    _ts_tree_cursor_current_field_id_wasm: fieldId,
    _ts_tree_cursor_start_index_wasm: startIndex,
    _ts_tree_cursor_end_index_wasm: endIndex,
    _ts_tree_cursor_current_node_is_missing_wasm: isMissing,
  } = functions;

  return (text, tree, wanted) => {
    // Where the parser had to guess, the places of all tokens are needed to find the guesses.
    const isFull = wanted === "full" || tree.rootNode.hasError;
    const at = addressOf(tree);
    const errors: Span[] = [];
    functions._ts_tree_root_node_wasm(at);
    functions._ts_tree_cursor_new_wasm(at);

    const copy = (type: NodeType, parent: MutableNode | null, parentHasFields: boolean): MutableNode => {
      const field = type.isNamed && parentHasFields ? fieldId(at) : 0;
      const start = startIndex(at);
      const end = endIndex(at);
      const node: MutableNode = {
        type: type.name,
        isNamed: type.isNamed,
        field: field === 0 ? null : (fields[field] ?? null),
        parent,
        start,
        end,
        children: CHILDLESS,
      };
      if (isFull && ((start === end && isMissing(at) === 1) || type === error)) errors.push({ start, end });
      if (parent !== null) {
        if (parent.children === CHILDLESS) parent.children = [node];
        else parent.children.push(node);
      }
      return node;
    };

    const root = copy(types[typeId(at)] ?? error, null, false);
    let parent = root;
    let hasFields = true;
    const outerHasFields: boolean[] = [];
    let isInside = gotoFirstChild(at) === 1;
    while (isInside) {
      const type = types[typeId(at)] ?? error;
      if (isFull || !type.isIgnored) {
        const node = copy(type, parent, hasFields);
        if ((isFull || !type.isLeaf) && gotoFirstChild(at) === 1) {
          parent = node;
          outerHasFields.push(hasFields);
          hasFields = type.hasFields;
          continue;
        }
      }
      while (isInside && gotoNextSibling(at) === 0) {
        isInside = parent.parent !== null;
        if (!isInside) break;
        gotoParent(at);
        parent = parent.parent as MutableNode;
        hasFields = outerHasFields.pop() ?? true;
      }
    }
    functions._ts_tree_cursor_delete_wasm(at);
    return { text, root, errors };
  };
}

function nodeType(name: string, isNamed: boolean): NodeType {
  return {
    name,
    isNamed,
    isIgnored: isNamed ? IGNORED_BY_FACTS.has(name) : !TOKENS_OF_FACTS.has(name),
    isLeaf: !isNamed || LEAVES_OF_FACTS.has(name),
    hasFields: !isNamed || !WITHOUT_FIELDS.has(name),
  };
}
