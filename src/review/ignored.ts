/** A rule that somebody switched off for one pull request. */
export interface IgnoredRule {
  readonly code: string;
  /** Who asked for it. */
  readonly login: string;
  readonly reason: string;
}

const IGNORED = /^<!-- yieldsign:ignore (YS\d{3}) ([\w[\]-]+) (\S*) -->$/gm;

/** The hidden line of our answer. The reason is encoded, so that nothing in it ends the HTML comment. */
export function formatIgnored({ code, login, reason }: IgnoredRule): string {
  return `<!-- yieldsign:ignore ${code} ${login} ${encodeURIComponent(reason).replaceAll("-", "%2D")} -->`;
}

/** The rules that a comment says are ignored; the caller has to know that the comment is ours. */
export function readIgnored(body: string): IgnoredRule[] {
  return [...body.replaceAll("\r\n", "\n").matchAll(IGNORED)].flatMap(
    ([, code = "", login = "", reason = ""]) => {
      try {
        return [{ code, login, reason: decodeURIComponent(reason) }];
      } catch {
        return [];
      }
    },
  );
}
