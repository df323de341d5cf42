/** Modules and notebooks are checked; stubs only tell of modules, and Jupyter's checkpoints are copies. */
export function isCheckedPath(path: string): boolean {
  return path.endsWith(".py") || (path.endsWith(".ipynb") && !/(^|\/)\.ipynb_checkpoints\//.test(path));
}
