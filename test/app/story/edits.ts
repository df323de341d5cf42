import { MAINTAINER, type Story } from "./story.ts";

/** Fixes three of the mistakes by hand, in one commit. */
export function fixByHand(story: Story): Promise<string> {
  const files = {
    ...edited(
      story,
      "app/shipping.py",
      ["import time\n", ""],
      ["import requests\n", "import httpx\n"],
      [
        '    response = requests.post(CARRIER, json={"order": order.number}, timeout=10)\n',
        '    async with httpx.AsyncClient(timeout=10) as carrier:\n        response = await carrier.post(CARRIER, json={"order": order.number})\n',
      ],
      ["        time.sleep(1)\n", "        await asyncio.sleep(1)\n"],
    ),
    ...edited(story, "app/orders.py", [
      "    with transaction() as session:\n",
      "    async with transaction() as session:\n",
    ]),
  };
  return story.github.commit(story.repository, story.branch, files, "Do not block while shipping");
}

/** A comment in the code for a mistake that is meant, and an indentation for one that stays. */
export function ignoreAndMove(story: Story): Promise<string> {
  const files = {
    ...edited(story, "app/reports.py", [
      "        except BaseException:\n",
      "        except BaseException:  # yieldsign: ignore[YS401] the report outlives its caller\n",
    ]),
    ...edited(story, "app/mail.py", ["    asyncio.gather(", '    if text != "":\n        asyncio.gather(']),
  };
  return story.github.commit(story.repository, story.branch, files, "Say why the report goes on");
}

/** What happens on the base branch meanwhile: lines above those of the pull request, in two of its files. */
export function describeOnMain({ github, repository }: Story): Promise<string> {
  const read = (path: string): string => repository.git.run("show", `main:${path}`).toString("utf8");
  const files = {
    "app/orders.py": read("app/orders.py").replace(
      '"""Orders of the shop."""',
      '"""Orders of the shop.\n\nNothing here talks to the carrier: that is the business of another module.\n"""',
    ),
    "app/mail.py": `"""Sends mail through the server of this network."""\n\n${read("app/mail.py")}`,
  };
  return github.commit(repository, "main", files, "Describe the modules", MAINTAINER);
}

/** A later change writes a mistake again that had been fixed. */
export function bringBack(story: Story): Promise<string> {
  const files = edited(story, "app/orders.py", [
    "    async with transaction() as session:\n        await session.delete(order)\n",
    '    with transaction() as session:\n        await session.delete(order)\n    await send_mail(order.email, f"Order {order.number} is cancelled.")\n',
  ]);
  return story.github.commit(story.repository, story.branch, files, "Tell people of cancelled orders");
}

/** A file of the branch as it is now. */
function show({ repository, branch }: Story, path: string): string {
  return repository.git.run("show", `${branch}:${path}`).toString("utf8");
}

/** A file of the branch with pieces replaced. @throws when a piece is not there. */
function edited(
  story: Story,
  path: string,
  ...edits: readonly (readonly [old: string, now: string])[]
): Record<string, string> {
  let text = show(story, path);
  for (const [old, now] of edits) {
    if (!text.includes(old)) throw new Error(`${path} has no ${JSON.stringify(old)}`);
    text = text.replace(old, () => now);
  }
  return { [path]: text };
}
