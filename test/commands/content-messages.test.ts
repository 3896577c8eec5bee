import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeDraft } from "#core/draft/keeping";
import { messagesFor } from "#core/messages/index";
import type { Reply } from "#core/reply";
import { drawn as onDiscord } from "#test/adapters/discord/drawn";
import { drawn as onSlack } from "#test/adapters/slack/drawn";
import { documentOf } from "#test/doubles/documents";
import { openTeam, type Team, wordsOf } from "#test/doubles/team";

const asEditor = { member: "eve", role: "editor" } as const;

/** As large as a question comes: ten points of several sentences each. */
const LARGE = `## 1. ${"How do you keep the latency of inference low under load? ".repeat(3)}

${Array.from({ length: 10 }, (_, at) => `- **Key point number ${at} of the answer**: ${`sentence ${at} says something about it in words. `.repeat(8)}`).join("\n")}
`;

let team: Team;
let reply: Reply;
beforeAll(async () => {
  team = await openTeam();
  await team.ask("content", { do: "import", document: documentOf(LARGE, "large.md") }, asEditor);
  const drafts = { tenant: team.tenant, kind: "draft", prefix: "question/", limit: 1 } as const;
  const [draft] = await team.services.store.dossiers(drafts);
  const question = draft?.id.slice("question/".length) ?? "";
  await team.ask("content", { do: "review", question, op: "approve", point: `${question}-1` }, asEditor);
  // The document has changed since: that is to be decided as well.
  const changed = LARGE.replace("sentence 0 says something", "sentence 0 says another thing");
  await team.ask("content", { do: "import", document: documentOf(changed, "large.md") }, asEditor);
  const unused = Array.from({ length: 9 }, (_, at) => ({ number: at + 1, text: "and on ".repeat(50) }));
  await changeDraft(team.services.store, team.tenant, question, (now) => ({ ...now, unused }));
  reply = await team.ask("content", { do: "review", question, point: `${question}-5` }, asEditor);
});
afterAll(() => team.stop());

describe("The review of a large question", () => {
  it("names lines that are in none of its points", () => {
    expect(wordsOf(reply)).toContain(messagesFor("en").content.unusedHere(9));
  });

  it("stands in one message, so that a press changes it in its place", () => {
    expect(onDiscord(...reply.blocks).components).toHaveLength(5);
    expect(onSlack(...reply.blocks).blocks.length).toBeLessThanOrEqual(48);
  });
});
