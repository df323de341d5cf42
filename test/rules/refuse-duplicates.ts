/** Refuses two sources that are the same. @throws Error that names both. */
export function refuseDuplicates(
  sources: readonly { readonly name: string; readonly files: ReadonlyMap<string, string> }[],
): void {
  const known = new Map<string, string>();
  for (const { name, files } of sources) {
    const text = JSON.stringify([...files].sort());
    const other = known.get(text);
    if (other !== undefined) throw new Error(`${name}: the source is that of ${other}`);
    known.set(text, name);
  }
}
