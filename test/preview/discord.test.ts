import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memberIdSchema } from "#core/ids";
import type { PreviewDay, Shown } from "#src/adapters/local/page/client/preview-wire";
import type { Preview } from "#src/adapters/local/page/preview";
import { openDiscordPreview } from "#src/preview/discord";
import { checkMessage } from "#test/doubles/discord/message-rules";
import { checkModal } from "#test/doubles/discord/modal-rules";
import { openTeam, type Team } from "#test/doubles/team";

let team: Team;
let opened: { readonly preview: Preview; close(): Promise<void> };
let day: PreviewDay;
const zh = { locale: "zh", theme: "dark" } as const;
const en = { locale: "en", theme: "light" } as const;

beforeAll(async () => {
  team = await openTeam();
  opened = await openDiscordPreview(team.services);
  day = await opened.preview.day(zh);
});
afterAll(async () => {
  await opened.close();
  await team.stop();
});

const messagesIn = (shown: Shown) => (shown.kind === "messages" ? shown.messages : []);

/** Everything that a member can press in a scene, by its label. */
function idOf(shown: Shown, label: string): string {
  for (const { body } of messagesIn(shown)) {
    const { components } = body as { components: { components: { label?: string; custom_id: string }[] }[] };
    for (const component of components.flatMap((row) => row.components)) {
      if (component.label === label) return component.custom_id;
    }
  }
  throw new Error(`nothing says ${label}`);
}

const wordsOf = (shown: Shown): string => JSON.stringify(shown);

const scene = (title: string): Shown => {
  const found = day.scenes.find((each) => each.title === title);
  if (found === undefined) throw new Error(`no scene ${title}`);
  return found.shown;
};

describe("the preview of a day on Discord", () => {
  it("goes from the daily post over the form, a score and look-ups to the reveal", () => {
    expect(day.scenes.map(({ title }) => title)).toEqual([
      "每天的题目",
      "点“作答”打开的表单",
      "评好分的回答，只有本人看得到",
      "要多少显存",
      "诊断一段报错",
      "截止之后的题目",
      "子区里公布要点",
      "模拟面试，在讨论串里",
      "提问者的卡片，只有本人看得到",
    ]);
    expect(wordsOf(scene("每天的题目"))).toContain("<t:");
    expect(wordsOf(scene("评好分的回答，只有本人看得到"))).toContain("得分");
    expect(wordsOf(scene("子区里公布要点"))).toContain("<@100000000000000002>");
  });

  it("shows nothing that Discord would not take", () => {
    for (const { shown } of day.scenes) {
      for (const { body, files } of messagesIn(shown)) {
        const facts = files.map(({ name, url }) => ({ name, size: url.length }));
        expect(checkMessage(JSON.parse(JSON.stringify(body)), "post", facts)).toEqual([]);
      }
      if (shown.kind === "form") expect(checkModal(JSON.parse(JSON.stringify(shown.form)))).toEqual([]);
    }
  });

  it("brings its pictures along, so that nothing is asked of another machine", () => {
    const urls = day.scenes.flatMap(({ shown }) => messagesIn(shown).flatMap(({ files }) => files));
    expect(urls.length).toBeGreaterThan(0);
    for (const { url } of urls) expect(url).toMatch(/^data:image\/png;base64,/);
  });

  it("answers its own buttons, forms, menus and commands", async () => {
    const { preview } = opened;
    const form = await preview.act({ kind: "press", id: idOf(scene("每天的题目"), "作答"), values: [] }, zh);
    if (form.kind !== "form") throw new Error("no form opened");
    const { custom_id: id } = form.form as { custom_id: string };
    const scored = await preview.act(
      { kind: "send", id, fields: { text: "混入一部分旧数据一起训练。" } },
      zh,
    );
    expect(wordsOf(scored)).toContain("得分");

    const history = await preview.act({ kind: "command", text: "/history" }, en);
    expect(wordsOf(history)).toContain("Your answers");
    const [{ body } = { body: { components: [] } }] = messagesIn(history);
    const { components } = body as {
      components: { components: { custom_id: string; options: { value: string }[] }[] }[];
    };
    const [menu] = components[0]?.components ?? [];
    const picked = {
      kind: "press" as const,
      id: menu?.custom_id ?? "",
      values: [menu?.options[0]?.value ?? ""],
    };
    expect(wordsOf(await preview.act(picked, en))).toContain("Score");
  });

  it("refuses ids that are none of its own", async () => {
    await expect(opened.preview.act({ kind: "press", id: "x", values: [] }, en)).rejects.toThrow();
  });

  it("is new every time it is looked at", async () => {
    for (let looks = 0; looks < 3; looks += 1) day = await opened.preview.day(en);
    expect(wordsOf(scene("A scored answer, for its author only"))).toContain("Score");
  });

  it("leaves no trace in the store of the installation", async () => {
    const { store } = team.services;
    const { tenant } = team;
    for (const id of Object.keys(day.names)) {
      const member = memberIdSchema.parse(id);
      expect(await store.attempts({ tenant, member, limit: 10 })).toEqual([]);
    }
    expect((await store.rounds(team.tenant, team.channel, 10)).length).toBe(1);
  });
});
