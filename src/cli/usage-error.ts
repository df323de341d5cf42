/** The command line (or what it names) cannot be used; the message is all the reader needs. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
