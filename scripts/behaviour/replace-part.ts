/**
 * Puts a generated part between its two markers, `<!-- NAME -->` and `<!-- /NAME -->`.
 * @throws Error when the page does not have them.
 */
export function replacePart(page: string, name: string, part: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = page.indexOf(open);
  const end = page.indexOf(close);
  if (start === -1 || end < start) throw new Error(`the page has no ${open} … ${close}`);
  return `${page.slice(0, start + open.length)}\n\n${part}\n\n${page.slice(end)}`;
}
