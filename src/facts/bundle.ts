/** One module of a bundle. */
export interface BundledModule {
  /** "asyncio/tasks.pyi", "asyncio/__init__.pyi" */
  readonly path: string;
  readonly text: string;
}

/** The line in front of a module: `#: module asyncio.tasks`, or `#: package asyncio` for its `__init__`. */
const HEADER = /^#: (module|package) (\S+)$/gm;

/** Takes a bundle apart into its modules. Text before the first header belongs to none. */
export function splitBundle(text: string): BundledModule[] {
  const headers = [...text.matchAll(HEADER)];
  return headers.map((header, index): BundledModule => {
    const base = (header[2] ?? "").replaceAll(".", "/");
    const path = `${base}${header[1] === "package" ? "/__init__" : ""}.pyi`;
    return { path, text: text.slice(header.index + header[0].length + 1, headers[index + 1]?.index) };
  });
}
