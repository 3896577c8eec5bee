import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkView } from "#test/doubles/slack/block-rules";
import { rung } from "#test/doubles/slack/mentions";
import { checkManners, checkMessage } from "#test/doubles/slack/message-rules";
import { blockShapes } from "#test/doubles/slack/rules";
import { drawn } from "#test/doubles/slack/words";

const anyBlock = fc.record(
  {
    type: fc.constantFrom(...blockShapes.keys(), "other"),
    text: fc.jsonValue(),
    elements: fc.array(fc.jsonValue()),
    element: fc.jsonValue(),
    accessory: fc.jsonValue(),
    fields: fc.jsonValue(),
    rows: fc.jsonValue(),
  },
  { requiredKeys: ["type"] },
);

const anyBody = fc.record(
  {
    text: fc.jsonValue(),
    blocks: fc.oneof(fc.array(anyBlock), fc.jsonValue()),
    attachments: fc.jsonValue(),
    metadata: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

describe("the judges of the Slack double", () => {
  it("judge whatever an app sends, and never fall over it", () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        checkMessage(body);
        checkManners(body);
        rung(body);
        checkView({ type: "modal", ...body }, "modal");
        checkView(body, "home");
      }),
      { numRuns: 60 },
    );
  });

  it("find every mention that an app could hide, and none that Slack would not read", () => {
    const [user, all] = ["<@U0ANN00001>", "<!channel>"];
    const section = (text: object) => ({ text: "t", blocks: [{ type: "section", text }] });
    expect(rung(section({ type: "mrkdwn", text: `${user} ${all}` }))).toEqual(["U0ANN00001", "channel"]);
    expect(rung(section({ type: "plain_text", text: `${user} ${all}` }))).toEqual([]);
    expect(rung({ text: `${all}|x <!subteam^S1|team> <!here|here>` })).toEqual(["channel", "S1", "here"]);
    expect(rung({ text: "&lt;!channel&gt; <#C0DAILY001> <!date^1^{date}|today>" })).toEqual([]);
  });

  it("draw text as Slack does: links, dates and mentions by what they show", () => {
    const nameOf = (id: string) => (id === "U1" ? "ann" : id);
    const text = "<@U1> &lt;b&gt; <https://x.test|here> <!date^1^{date}|today> <#C1|daily> 1 < 2";
    expect(drawn(text, nameOf)).toBe("@ann <b> here today #daily 1 < 2");
  });
});
