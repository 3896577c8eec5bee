import { type Block, privateReply, type Reply } from "#core/reply";
import { pasteForm } from "./buttons.ts";
import type { FixId } from "./fixes.ts";
import type { Knowledge } from "./knowledge.ts";
import type { PlaybookPage } from "./remedies.ts";

/** What to try when memory runs out, in order of usefulness, each remedy one click away. */
export const showPlaybook = (knowledge: Knowledge): Reply => {
  const { remedies, messages, locale } = knowledge;
  const say = messages.oom;
  const blocksOf = (origin: PlaybookPage["origin"], title: string): Block[] => {
    const pages = remedies.playbook.filter((page) => page.origin === origin);
    return [
      { kind: "text", text: title },
      {
        kind: "list",
        ordered: false,
        items: pages.map(({ title: name, short }) => say.remedy(name[locale], short[locale])),
      },
    ];
  };
  return privateReply(
    { kind: "heading", text: say.playbook },
    { kind: "text", text: say.playbookFirst },
    ...blocksOf("omitted", say.playbookOmitted),
    ...blocksOf("document", say.playbookDocument),
    {
      kind: "choices",
      label: say.choosePage,
      option: "page",
      action: { command: "oom", options: {} },
      choices: remedies.playbook.map(({ id, title }) => ({
        value: id,
        label: title[locale],
        selected: false,
      })),
      multiple: false,
    },
    pasteForm(knowledge),
  );
};

/** The page that a word means: by its id, by a fix, or by its title in either language; null where none. */
export const pageNamed = (word: string, { remedies }: Pick<Knowledge, "remedies">): PlaybookPage | null => {
  // A menu that cannot be picked from is drawn as the line to type: `/oom page=length`.
  const asked = word
    .trim()
    .toLowerCase()
    .replace(/^page=/, "")
    .replaceAll(/[_\s]+/g, "-");
  if (asked === "" || asked.length > 60) return null;
  const same = (name: string): boolean => name.toLowerCase().replaceAll(/\s+/g, "-") === asked;
  return (
    remedies.playbook.find(({ id, title }) => same(id) || same(title.zh) || same(title.en)) ??
    remedies.playbook.find(({ fixes }) => fixes.some(same)) ??
    null
  );
};

/** One remedy: what is right, what the source document has wrong, what it saves and costs, and how it is written. */
export const showPage = (page: PlaybookPage, { remedies, messages, locale }: Knowledge): Reply => {
  const say = messages.oom;
  const fixes = page.fixes.flatMap((id) => remedies.fixes.find((fix) => fix.id === id) ?? []);
  const usual = (text: string): string =>
    text.replaceAll("{accumulation}", "16").replaceAll("{length}", "2048").replaceAll("{context}", "8192");
  // One block for each fix: two ways of writing one option in one block would contradict each other.
  const written = (id: FixId): Block[] => {
    const lines = remedies.trainers.flatMap(({ name, snippets }) =>
      snippets[id] === undefined ? [] : [`# ${name}\n${snippets[id]}`],
    );
    return lines.length === 0 ? [] : [{ kind: "code", text: usual(lines.join("\n")) }];
  };
  const at = remedies.playbook.findIndex(({ id }) => id === page.id);
  const next = remedies.playbook[(at + 1) % remedies.playbook.length];
  return privateReply(
    { kind: "heading", text: page.title[locale] },
    { kind: "text", text: page.right[locale] },
    ...(page.wrong === undefined
      ? []
      : [
          {
            kind: "text",
            text: page.origin === "document" ? say.putRight(page.wrong[locale]) : page.wrong[locale],
          } as const,
        ]),
    ...(page.example === undefined
      ? []
      : [{ kind: "note", text: say.example(page.example[locale]) } as const]),
    ...fixes.flatMap((fix): Block[] => [
      ...(fixes.length > 1 ? [{ kind: "text", text: say.plainFix(fix.title[locale]) } as const] : []),
      {
        kind: "fields",
        fields: [
          { label: say.fieldSaves, value: fix.saves[locale] },
          { label: say.fieldCosts, value: fix.cost[locale] },
          { label: say.fieldUseless, value: fix.unless[locale] },
        ],
      },
      ...written(fix.id),
    ]),
    {
      kind: "buttons",
      buttons: [
        {
          label: say.allPages,
          action: { command: "oom", options: { show: "playbook" } },
          style: "secondary",
        },
        ...(next === undefined
          ? []
          : [
              {
                label: say.nextPage(next.title[locale]),
                action: { command: "oom", options: { page: next.id } },
                style: "secondary" as const,
              },
            ]),
      ],
    },
  );
};
