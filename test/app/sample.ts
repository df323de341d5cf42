/** A small service without mistakes. */
export const CLEAN = {
  "app/__init__.py": "",
  "app/repo.py": "async def rows():\n    yield 1\n\n\nasync def save(row):\n    return row\n",
  "app/api.py": "from app.repo import rows, save\n\n\nasync def main():\n    return 1\n",
};

/** Its `app/api.py` with two mistakes, in lines 5 and 6. */
export const DEFECTIVE =
  "from app.repo import rows, save\n\n\nasync def main():\n    for row in rows():\n        save(row)\n    return 1\n";
