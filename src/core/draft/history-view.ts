import { messagesFor } from "#core/messages/index";
import { type Block, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { reviewButton } from "./buttons.ts";
import { written } from "./halves.ts";
import type { DraftQuestion } from "./question.ts";

const CHANGES_SHOWN = 15;
const MOST_CHOICES = 25;

const dated = (at: number): string => new Date(at).toISOString().replace("T", " ").slice(0, 16);

/** Who did what to a question and when, what was taken out, and the way back. */
export function historyView(draft: DraftQuestion, { locale }: Request): Reply {
  const say = messagesFor(locale).content;
  const { changes, states, content } = draft;
  const columns = say.historyColumns;
  const members = [...new Set(changes.flatMap(({ by }) => (by === null ? [] : [by])))];
  const back: Block[] =
    states.length === 0
      ? []
      : [
          {
            kind: "choices",
            label: say.whichVersion,
            option: "version",
            action: {
              command: "content",
              options: { do: "review", question: draft.id, op: "back", here: true },
            },
            choices: states.toReversed().map(({ version }) => {
              const next = changes.find((change) => change.version === version + 1);
              const did = next === undefined ? "" : say.did[next.what];
              return { value: String(version), label: say.versionLabel(version + 1, did), selected: false };
            }),
            multiple: false,
          },
        ];
  const dropped: Block[] =
    content.dropped.length === 0
      ? []
      : [
          { kind: "text", text: say.droppedTitle },
          {
            kind: "choices",
            label: say.whichDropped,
            option: "point",
            action: {
              command: "content",
              options: { do: "review", question: draft.id, op: "restore", here: true },
            },
            choices: content.dropped.slice(-MOST_CHOICES).map(({ id, title }) => ({
              value: id,
              label: written(title, locale).slice(0, 75),
              selected: false,
            })),
            multiple: false,
          },
        ];
  return privateReply(
    { kind: "heading", text: say.historyTitle },
    {
      kind: "table",
      columns: [
        { label: columns.version, align: "right" },
        { label: columns.when, align: "left" },
        { label: columns.what, align: "left" },
      ],
      rows: changes
        .slice(-CHANGES_SHOWN)
        .toReversed()
        .map(({ version, at, what }) => [String(version), dated(at), say.did[what]]),
    },
    ...(members.length === 0 ? [] : [{ kind: "members" as const, label: say.historyTitle, members }]),
    ...back,
    ...dropped,
    {
      kind: "buttons",
      buttons: [
        ...(states.length === 0 ? [] : [reviewButton(say.undo, draft.id, { op: "undo" })]),
        reviewButton(say.reviewNow, draft.id, {}),
      ],
    },
  );
}
