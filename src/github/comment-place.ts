/** A comment on a pull request, in its timeline or in a thread on its lines; numbers are those of the REST API. */
export type CommentPlace =
  | { readonly kind: "timeline"; readonly id: number }
  | {
      readonly kind: "thread";
      readonly id: number;
      /** The comment that began the thread; the same number when it is this one. */
      readonly rootId: number;
    };
