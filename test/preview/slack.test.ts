import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PreviewDay, Shown } from "#src/adapters/local/page/client/preview-wire";
import type { Preview } from "#src/adapters/local/page/preview";
import { openSlackPreview } from "#src/preview/slack";
import { objectsIn } from "#test/adapters/slack/drawn";
import { checkView } from "#test/doubles/slack/block-rules";
import { checkMessage } from "#test/doubles/slack/message-rules";
import { openTeam, type Team } from "#test/doubles/team";

let team: Team;
let opened: { readonly preview: Preview; close(): Promise<void> };
let day: PreviewDay;
const zh = { locale: "zh", theme: "dark" } as const;
const en = { locale: "en", theme: "light" } as const;

beforeAll(async () => {
  team = await openTeam();
  opened = await openSlackPreview(team.services);
  day = await opened.preview.day(zh);
});
afterAll(async () => {
  await opened.close();
  await team.stop();
});

const messagesIn = (shown: Shown) => (shown.kind === "messages" ? shown.messages : []);
const wordsOf = (shown: Shown): string => JSON.stringify(shown);

/** What a button carries, by its label. */
function carriedBy(shown: Shown, label: string): string {
  const button = objectsIn(shown).find(
    ({ type, text }) => type === "button" && (text as { text: string }).text === label,
  );
  if (typeof button?.value !== "string") throw new Error(`nothing says ${label}`);
  return button.value;
}

const scene = (title: string): Shown => {
  const found = day.scenes.find((each) => each.title === title);
  if (found === undefined) throw new Error(`no scene ${title}`);
  return found.shown;
};

const press = (id: string) => ({ kind: "press" as const, id, values: [] });

const formOf = (shown: Shown): { private_metadata: string } => {
  if (shown.kind !== "form") throw new Error("no form opened");
  return shown.form as { private_metadata: string };
};

describe("the preview of a day on Slack", () => {
  it("goes from the daily post over the form, a score and look-ups to the reveal and the Home tab", () => {
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
      "主页标签",
    ]);
    expect(wordsOf(scene("每天的题目"))).toContain("<!date^");
    expect(wordsOf(scene("子区里公布要点"))).toContain("小林");
    expect(wordsOf(scene("主页标签"))).toContain("连续");
  });

  it("shows nothing that Slack would not take", () => {
    for (const { shown } of day.scenes) {
      for (const { body } of messagesIn(shown))
        expect(checkMessage(JSON.parse(JSON.stringify(body)))).toEqual([]);
      if (shown.kind === "form")
        expect(checkView(JSON.parse(JSON.stringify(shown.form)), "modal")).toEqual([]);
      if (shown.kind === "page") {
        const { blocks } = shown.page.body as { blocks: unknown };
        expect(checkView(JSON.parse(JSON.stringify({ type: "home", blocks })), "home")).toEqual([]);
      }
    }
  });

  it("answers its own buttons, forms and commands, /study among them", async () => {
    const { preview } = opened;
    const form = formOf(await preview.act(press(carriedBy(scene("每天的题目"), "作答")), zh));
    const fields = { text: "混入一部分旧数据一起训练。" };
    const scored = await preview.act({ kind: "send", id: form.private_metadata, fields }, zh);
    expect(wordsOf(scored)).toContain("得分");
    const typed = await preview.act({ kind: "command", text: "/study vram “qwen2.5-7b” qlora 24G" }, en);
    expect(wordsOf(typed)).toContain("Qwen2.5-7B: QLoRA");
    const shortcut = await preview.act({ kind: "command", text: "/study help" }, en);
    expect(wordsOf(shortcut)).toContain("/vram");
  });

  it("opens the form of a command that was typed alone, whose menus offer what is being typed", async () => {
    const { preview } = opened;
    const form = formOf(await preview.act({ kind: "command", text: "/vram" }, en));
    const offered = await preview.act({ kind: "suggest", id: "vram.model", text: "qwen2.5-7" }, en);
    if (offered.kind !== "options") throw new Error("nothing offered");
    expect(offered.options.map(({ value }) => value)).toEqual(
      expect.arrayContaining(["Qwen2.5-7B", "qwen2.5-7"]),
    );
    const fields = { model: "qwen2.5-7b", method: "qlora", batch: "4", more: "seq=2k" };
    const sent = await preview.act({ kind: "send", id: form.private_metadata, fields }, en);
    expect(wordsOf(sent)).toContain("Qwen2.5-7B: QLoRA");
  });

  it("refuses what is none of its own", async () => {
    await expect(opened.preview.act(press("x"), en)).rejects.toThrow();
    await expect(opened.preview.act({ kind: "command", text: "hello" }, en)).rejects.toThrow();
  });
});
