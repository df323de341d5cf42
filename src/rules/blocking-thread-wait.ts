import type { Place } from "../project/project.ts";
import type { Expression } from "../python/expression.ts";
import { mentionsOf, scopeOwner } from "../python/own-scope.ts";
import { nodeAt } from "../python/syntax-node.ts";
import { blockingMessage } from "./blocking-message.ts";
import { type BlockingSite, blockingDraft, blockingSites } from "./blocking-sites.ts";
import { definitionOf } from "./definition-of.ts";
import { heldThreadLocks } from "./held-thread-locks.ts";
import { importedName } from "./imported-name.ts";
import type { Repair } from "./repair.ts";
import type { FileView, Rule } from "./rule.ts";

/** Waiting for threads, their locks, queues and futures in a coroutine. */
export const blockingThreadWait: Rule = {
  name: "blocking-thread-wait",
  code: "YS306",
  severity: "warning",
  isOnByDefault: true,
  summary: "A coroutine waits for a thread, or for a lock, queue or future of threads.",
  family: "other",
  *check(file) {
    for (const site of blockingSites(file, "thread")) {
      if (isFuture(site) && mayBeDone(file, site)) continue;
      if (site.name.endsWith(".put") && !isBounded(file, site)) continue;
      if (site.name.endsWith(".get") && asksFirst(file, site)) continue;
      if (site.name.endsWith(".acquire") && isFresh(file, site)) continue;
      const message = blockingMessage(file, site, "The thread waits until another one has done its part.");
      yield blockingDraft(site, message, isFuture(site) ? wrapRepair(file, site) : null);
    }
    yield* heldThreadLocks(file);
  },
};

function isFuture({ name }: BlockingSite): boolean {
  return /\.Future\.(result|exception)$/.test(name);
}

/** A name that is used for anything else than to be waited for may have been waited for, or asked, before. */
function mayBeDone(file: FileView, { call }: BlockingSite): boolean {
  const { callee } = call.expression;
  if (callee.kind !== "attribute") return true;
  if (callee.object.kind === "call") return false;
  if (callee.object.kind !== "name") return true;
  const node = nodeAt(file.tree.root, call, "call");
  const owner = node === null ? null : scopeOwner(node);
  return owner === null || mentionsOf(callee.object.name, owner, file.unit.text).length !== 2;
}

/** `executor.submit(f).result()` → `await asyncio.wrap_future(executor.submit(f))`. */
function wrapRepair(file: FileView, { call, name }: BlockingSite): Repair | null {
  const { callee, arguments: given } = call.expression;
  const wrap = importedName(file, "asyncio", "wrap_future");
  if (wrap === null || given.length > 0 || !call.canAwait || callee.kind !== "attribute") return null;
  if (!name.endsWith(".result")) return null;
  const place = { file: file.path, scope: call.scope, block: call.block, at: call.start };
  const made = definitionOf(file, callee.object, place)?.expression;
  if (made?.kind !== "call" || made.callee.kind !== "attribute" || made.callee.name !== "submit") return null;
  const isInner = /^(attribute|subscript|called)$/.test(call.position);
  const [open, close] = isInner ? [`(await ${wrap}(`, "))"] : [`await ${wrap}(`, ")"];
  return {
    title: "Await the future",
    grade: "B",
    caution: "Other tasks run while this one waits; cancelling it cancels the future.",
    steps: [
      { kind: "replace", span: { start: call.start, end: callee.object.start }, text: open },
      { kind: "replace", span: { start: callee.object.end, end: call.end }, text: close },
    ],
  };
}

/** Nobody else holds a lock that was made in the same function. */
function isFresh(file: FileView, { call }: BlockingSite): boolean {
  const { callee } = call.expression;
  if (callee.kind !== "attribute") return false;
  const place = { file: file.path, scope: call.scope, block: call.block, at: call.start };
  const made = definitionOf(file, callee.object, place);
  return made?.expression.kind === "call" && made.place.scope === call.scope;
}

/** A function that asks whether the queue is empty only gets what is there. */
function asksFirst({ unit }: FileView, { owner }: BlockingSite): boolean {
  return /\.(empty|qsize)\(\)/.test(unit.text.slice(owner.start, owner.end));
}

/** `put` only waits where the queue was made with a size. */
function isBounded(file: FileView, { call }: BlockingSite): boolean {
  const { callee } = call.expression;
  if (callee.kind !== "attribute") return false;
  const place = { file: file.path, scope: call.scope, block: call.block, at: call.start };
  const made = constructionOf(file, callee.object, place);
  const [size] = made?.kind === "call" ? made.arguments : [];
  return size !== undefined && !/^-?0?$/.test(file.unit.text.slice(size.value.start, size.value.end));
}

/** The call that made what a name, or an attribute of `self` that is set once, stands for. */
function constructionOf(file: FileView, object: Expression, place: Place): Expression | null {
  if (object.kind !== "attribute") return definitionOf(file, object, place)?.expression ?? null;
  if (object.object.kind !== "name" || object.object.name !== "self") return null;
  const { scopes, classes } = file.unit.facts;
  let scope = scopes[place.scope];
  while (scope !== undefined && scope.kind !== "class") scope = scopes[scope.parent ?? -1];
  const attributes = classes[scope?.subject ?? -1]?.selfAttributes ?? {};
  const [only, another] = Object.hasOwn(attributes, object.name) ? (attributes[object.name] ?? []) : [];
  return another === undefined ? (only?.value ?? null) : null;
}
