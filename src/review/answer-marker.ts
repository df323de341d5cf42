const ANSWER = /^<!-- yieldsign:answer (\d+) -->$/gm;

/** An answer of ours with the hidden line that says which comment (by its number in the REST API) it answers. */
export function withAnswerMarker(text: string, commentId: number): string {
  return `${text}\n\n<!-- yieldsign:answer ${commentId} -->`;
}

/** The comments that a text answers; the caller has to know that the text is ours. */
export function readAnswered(body: string): number[] {
  return [...body.replaceAll("\r\n", "\n").matchAll(ANSWER)].map(([, id]) => Number(id));
}
