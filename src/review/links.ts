/** Where the reader is sent; made by the caller, who knows the repository and the product's site. */
export interface Links {
  /** The documentation page of a rule. */
  rulePage(rule: string): string;
  /** A line of the head version of a file. */
  source(path: string, line: number): string;
}
