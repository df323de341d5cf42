import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeSource } from "../../src/python/decode-source.ts";
import { encodeSource } from "../../src/python/encode-source.ts";

const part = fc.constantFrom(
  "\ufeff",
  "\r\n",
  "\n",
  "\r",
  "\f",
  "\t",
  "é",
  "𝄞",
  "\u2028",
  "x = 1",
  "# coding: utf-8",
);
const bytes = fc.oneof(
  fc.array(part).map((parts) => new TextEncoder().encode(parts.join(""))),
  fc.uint8Array(),
  fc.array(fc.constantFrom(0xef, 0xbb, 0xbf, 0x0a, 0x0d, 0xc3, 0xa9)).map((all) => Uint8Array.from(all)),
);

test("what was decoded becomes the same bytes again", () => {
  let decodable = 0;
  fc.assert(
    fc.property(bytes, (source) => {
      const decoded = decodeSource(source);
      if (!decoded.ok) return;
      decodable += 1;
      const encoded = encodeSource(decoded.text, decoded.hasBom);
      expect(encoded === null ? null : Buffer.from(encoded)).toEqual(Buffer.from(source));
    }),
    { numRuns: 500 },
  );
  expect(decodable).toBeGreaterThan(100);
});

test("text that the declared encoding cannot hold has no bytes", () => {
  expect(encodeSource("# coding: ascii\nx = 'é'\n", false)).toBeNull();
  expect(encodeSource("#!/bin/python\n# coding: US-ASCII\nx = 'é'\n", true)).toBeNull();
  expect(encodeSource("# coding: ascii\nx = 'e'\n", false)).not.toBeNull();
  expect(encodeSource("# coding: utf-8\nx = 'é'\n", false)).not.toBeNull();
  expect(encodeSource("x = '\ud800'\n", false)).toBeNull();
});
