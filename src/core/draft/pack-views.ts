import { messagesFor } from "#core/messages/index";
import { type Block, type Button, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { contentButton } from "./buttons.ts";
import { ownerForm } from "./forms.ts";
import { written } from "./halves.ts";
import type { ImportOutcome } from "./importing-document.ts";
import { draftsOf, findPack, inTurns, readPacks } from "./keeping.ts";
import type { DraftPack } from "./pack.ts";
import { isPublishable } from "./publishing.ts";
import { type DraftQuestion, isApproved, isLive, isScorable } from "./question.ts";
import { stateOf } from "./state.ts";
import { waitingSuggestions } from "./suggestions.ts";
import { unusedInAll } from "./unused-view.ts";

/** As many as a menu holds, and a message shows. */
const MOST_CHOICES = 25;
const LEFT_SHOWN = 8;
const LONGEST_LABEL = 80;

const shortened = (text: string, most = LONGEST_LABEL): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;

/** The packs of a tenant. */
export async function listView(request: Request, services: Services): Promise<Reply> {
  const { tenant, locale } = request;
  const say = messagesFor(locale).content;
  const { packs } = await readPacks(services.store, tenant);
  const waiting = await waitingSuggestions(tenant, services);
  const take: Block[] =
    waiting.length === 0
      ? []
      : [
          { kind: "text", text: say.suggestionsWait(waiting.length) },
          {
            kind: "buttons",
            buttons: [contentButton(say.takeSuggestions, { do: "import", suggested: true })],
          },
        ];
  if (packs.length === 0)
    return privateReply(
      { kind: "heading", text: say.title },
      { kind: "text", text: say.none },
      { kind: "note", text: say.how },
      ...take,
    );
  const rows = await inTurns(packs, async ({ id, title }) => {
    const drafts = await draftsOf(services.store, tenant, await findPack(services.store, tenant, id));
    return [
      title[locale],
      String(drafts.length),
      String(drafts.filter(isApproved).length),
      String(drafts.filter(isLive).length),
    ];
  });
  const { columns } = say;
  return privateReply(
    { kind: "heading", text: say.title },
    {
      kind: "table",
      columns: [
        { label: columns.pack, align: "left" },
        { label: columns.questions, align: "right" },
        { label: columns.approved, align: "right" },
        { label: columns.asked, align: "right" },
      ],
      rows,
    },
    {
      kind: "choices",
      label: say.whichPack,
      option: "pack",
      action: { command: "content", options: { do: "review" } },
      choices: packs
        .slice(-MOST_CHOICES)
        .map(({ id, title }) => ({ value: id, label: shortened(title[locale]), selected: false })),
      multiple: false,
    },
    ...take,
    { kind: "note", text: say.how },
  );
}

const ownerBlocks = (pack: DraftPack, request: Request): Block[] =>
  pack.owner === null ? [{ kind: "form", form: ownerForm(pack.id, null, request.locale) }] : [];

/** What came of an import: what was drafted, what was left out and why, what nobody can be asked. */
export function importedView(outcome: ImportOutcome, name: string, request: Request): Reply {
  const { locale } = request;
  const say = messagesFor(locale).content;
  const { reasons } = messagesFor(locale).drafting;
  const { pack, counts, read, questions } = outcome;
  const isAgain = counts.added < questions.length;
  const isSame = counts.added + counts.changed + counts.gone === 0;
  const unscorable = questions.filter((question) => !isScorable(question)).length;
  const alike = questions.filter((question) => question.alike !== null).length;
  const { dropped } = pack.documents.at(-1) ?? { dropped: [] };
  const lines = read.dropped.reduce((sum, { lines: [from, to] }) => sum + to - from + 1, 0);
  const left: Block[] =
    dropped.length === 0
      ? []
      : [
          { kind: "text", text: say.left(lines) },
          {
            kind: "list",
            ordered: false,
            items: [
              ...dropped
                .slice(0, LEFT_SHOWN)
                .map(({ lines: [from, to], reason, begins }) =>
                  say.leftLines(
                    from,
                    to,
                    Object.entries(reasons).find(([key]) => key === reason)?.[1] ?? reason,
                    begins,
                  ),
                ),
              ...(dropped.length > LEFT_SHOWN ? [say.leftMore(dropped.length - LEFT_SHOWN)] : []),
            ],
          },
        ];
  return privateReply(
    { kind: "text", text: isSame ? say.unchanged : say.imported(name, counts.added) },
    ...(isAgain && !isSame && counts.changed + counts.gone > 0
      ? [{ kind: "text" as const, text: say.importedAgain(counts.changed, counts.proposals, counts.gone) }]
      : []),
    ...(unscorable === 0 ? [] : [{ kind: "note" as const, text: say.unscorable(unscorable) }]),
    ...(alike === 0 ? [] : [{ kind: "note" as const, text: say.duplicates(alike) }]),
    ...unusedInAll(questions, locale),
    ...left,
    ...ownerBlocks(pack, request),
    {
      kind: "buttons",
      buttons: [contentButton(say.reviewNow, { do: "review", pack: pack.id }, "primary")],
    },
  );
}

/** The questions of a pack, from one on. */
export function packView(
  pack: DraftPack,
  drafts: readonly DraftQuestion[],
  from: number,
  request: Request,
): Reply {
  const { locale } = request;
  const say = messagesFor(locale).content;
  const { packColumns: columns } = say;
  const first = Math.min(Math.max(0, from), Math.max(0, drafts.length - 1));
  const shown = drafts.slice(first, first + MOST_CHOICES);
  const open = drafts.find((draft) => stateOf(draft) === "open");
  const ready = drafts.filter(isPublishable).length;
  const buttons: Button[] = [
    ...(open === undefined
      ? []
      : [contentButton(say.nextOpen, { do: "review", question: open.id }, "primary")]),
    ...(ready === 0
      ? []
      : [contentButton(say.publishReady(ready), { do: "publish", pack: pack.id }, "primary")]),
    ...(drafts.some(isLive)
      ? [contentButton(say.unpublishButton, { do: "unpublish", pack: pack.id }, "danger")]
      : []),
    contentButton(say.exportButton, { do: "export", pack: pack.id }),
    ...(first + MOST_CHOICES < drafts.length
      ? [contentButton(say.more, { do: "review", pack: pack.id, from: first + MOST_CHOICES, here: true })]
      : []),
  ];
  return privateReply(
    { kind: "heading", text: pack.title[locale] },
    ...(pack.owner === null
      ? []
      : [{ kind: "fields" as const, fields: [{ label: say.ownerIs, value: pack.owner }] }]),
    {
      kind: "table",
      columns: [
        { label: "#", align: "right" },
        { label: columns.question, align: "left" },
        { label: columns.points, align: "right" },
        { label: columns.state, align: "left" },
      ],
      rows: shown.map((draft, at) => [
        String(first + at + 1),
        shortened(written(draft.content.text, locale), 60),
        String(draft.content.points.length),
        say.states[stateOf(draft)],
      ]),
    },
    {
      kind: "choices",
      label: say.whichQuestion,
      option: "question",
      action: { command: "content", options: { do: "review" } },
      choices: shown.map((draft, at) => ({
        value: draft.id,
        label: shortened(`${first + at + 1}. ${written(draft.content.text, locale)}`),
        selected: false,
      })),
      multiple: false,
    },
    { kind: "buttons", buttons },
    ...ownerBlocks(pack, request),
  );
}
