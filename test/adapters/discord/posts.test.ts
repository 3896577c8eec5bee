import type { APIMessage } from "discord.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Block, publicReply, type Reply } from "#core/reply";
import { drawPost, type PostPart, partIn } from "#src/adapters/discord/posts";
import { reply } from "#test/adapters/hostile-replies";
import { checkMessage } from "#test/doubles/discord/message-rules";
import { openapiJudge } from "#test/doubles/discord/openapi";

const judge = openapiJudge();
const key = "reveal/2026-11-25@1574953034943823875";
const date = "2026-11-25";

const faultsOf = ({ message: { body, files }, nonce }: PostPart) => {
  const sent = { ...JSON.parse(JSON.stringify(body)), nonce, enforce_nonce: true };
  const facts = files.map(({ name, data }) => ({ name, size: data.length }));
  return [...checkMessage(sent, "post", facts), ...judge("POST", "/channels/1/messages", sent)];
};

const found = ({ message: { body } }: PostPart) =>
  partIn({ content: body.content, embeds: body.embeds } as unknown as APIMessage, key);

/** Each part keeps the limits, and is known again by its mark. */
function expectWhole(replies: readonly Reply[]): void {
  const parts = drawPost(replies, "en", { key, date });
  for (const [at, part] of parts.entries()) {
    expect(faultsOf(part)).toEqual([]);
    expect(found(part)).toEqual({ at, of: parts.length });
  }
}

describe("a post on Discord with the mark by which it is found again", () => {
  it("never passes a limit, whatever members wrote, and is always found", () => {
    fc.assert(
      fc.property(fc.array(reply, { minLength: 1, maxLength: 3 }), (replies) => expectWhole(replies)),
      { numRuns: 60 },
    );
  });

  it("has room for its mark at the end of any text", () => {
    // From the longest that fits with room to spare to the shortest that does not.
    for (let length = 1900; length <= 2010; length += 1)
      expectWhole([publicReply({ kind: "text", text: "x".repeat(length) })]);
    for (let length = 1780; length <= 2010; length += 5) {
      const quote: Block = { kind: "quote", label: "67 of 100", text: "x".repeat(length) };
      expectWhole([publicReply({ kind: "heading", text: "Answers" }, quote, quote, quote)]);
    }
  });

  it("keeps the small print of the reply", () => {
    const [part] = drawPost(
      [
        publicReply(
          { kind: "heading", text: "Title" },
          { kind: "deadline", label: "Open until", at: 1_795_654_800_000 },
          { kind: "note", text: "said in small print" },
        ),
      ],
      "en",
      { key, date },
    );
    expect(JSON.stringify(part?.message.body)).toContain("said in small print");
  });
});
