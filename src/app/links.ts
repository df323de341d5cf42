import type { Links } from "../review/links.ts";

const RULE_PAGES = "https://github.com/yieldsign/yieldsign/blob/main/docs/rules";

/** Links into the repository at its head, and to the rules' pages. `htmlUrl` is the repository's page. */
export function createLinks(htmlUrl: string, headSha: string): Links {
  return {
    rulePage: (rule) => `${RULE_PAGES}/${rule}.md`,
    source(path, line) {
      const encoded = path
        .split("/")
        .map(encodeURIComponent)
        .join("/")
        .replace(/[()]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
      return `${htmlUrl}/blob/${headSha}/${encoded}#L${line}`;
    },
  };
}
