import { messagesFor } from "#core/messages/index";
import { type Block, type Button, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { contentButton, reviewButton } from "./buttons.ts";
import { decisionsOf } from "./decisions.ts";
import { isTranslated, ownLanguage, written } from "./halves.ts";
import { draftingOf } from "./importing-document.ts";
import { lintPoint, lintQuestion } from "./lint.ts";
import type { DraftPack } from "./pack.ts";
import { isPublishable } from "./publishing.ts";
import { type DraftPoint, type DraftQuestion, versionOf } from "./question.ts";
import { stateOf } from "./state.ts";
import { ownVerdicts, trialOf } from "./trying.ts";
import { unusedHere } from "./unused-view.ts";

/** As much of the document as a message shows beside a point. */
const SOURCE_LETTERS = 900;
const LONGEST_TITLE = 60;

const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;

/** What a review of one question needs to know. */
export interface Review {
  readonly draft: DraftQuestion;
  readonly pack: DraftPack;
  /** The point that is looked at; null where there is none. */
  readonly point: DraftPoint | null;
}

function pointNavigation(review: Review, at: number, request: Request): Block {
  const { draft, pack, point } = review;
  const say = messagesFor(request.locale).content;
  const { points } = draft.content;
  const next = points[at + 1];
  const before = points[at - 1];
  const buttons: Button[] = [
    ...(point !== null && !point.approved
      ? [reviewButton(say.approvePoint, draft.id, { op: "approve", point: point.id }, "primary")]
      : []),
    ...(next === undefined ? [] : [reviewButton(say.nextPoint, draft.id, { point: next.id })]),
    ...(before === undefined ? [] : [reviewButton(say.previousPoint, draft.id, { point: before.id })]),
    ...(points.some(({ approved }) => !approved)
      ? [reviewButton(say.approveAll, draft.id, { op: "approve-all" }, "primary")]
      : []),
    ...(isPublishable(draft)
      ? [contentButton(say.publishReady(1), { do: "publish", pack: pack.id, question: draft.id }, "primary")]
      : []),
    contentButton(say.back, { do: "review", pack: pack.id, here: true }),
  ];
  return { kind: "buttons", buttons: buttons.slice(0, 5) };
}

function pointActions({ draft, point }: Review, at: number, request: Request): Block[] {
  if (point === null) return [];
  const say = messagesFor(request.locale).content;
  const { points } = draft.content;
  const button = (label: string, op: string, style?: Button["style"]): Button =>
    reviewButton(label, draft.id, { op, point: point.id }, style);
  return [
    {
      kind: "buttons",
      buttons: [
        button(say.edit, "edit"),
        button(say.translate, "translate"),
        ...(at + 1 < points.length ? [button(say.mergeNext, "merge")] : []),
        button(say.split, "split"),
        button(say.drop, "drop", "danger"),
      ],
    },
    {
      kind: "buttons",
      buttons: [
        ...(at > 0 ? [button(say.up, "up")] : []),
        ...(at + 1 < points.length ? [button(say.down, "down")] : []),
        ...(point.weight < 5 ? [button(say.heavier, "heavier")] : []),
        ...(point.weight > 1 ? [button(say.lighter, "lighter")] : []),
      ],
    },
  ];
}

function questionActions(
  { draft }: Review,
  request: Request,
  { proposer }: Pick<Services, "proposer">,
): Block {
  const say = messagesFor(request.locale).content;
  const button = (label: string, op: string): Button => reviewButton(label, draft.id, { op });
  return {
    kind: "buttons",
    buttons: [
      ...(draft.content.points.length === 0 ? [] : [button(say.tryAnswer, "try")]),
      button(say.editQuestion, "rewrite"),
      button(say.addPoint, "add"),
      button(say.history, "history"),
      ...(proposer !== undefined ? [button(say.askModel, "ask-model")] : []),
    ],
  };
}

/** The first thing to decide beside the points; the next one comes when it is decided. */
async function toDecide({ draft }: Review, request: Request, services: Services): Promise<Block[]> {
  const [decision] = await decisionsOf(draft, request, services);
  if (decision === undefined) return [];
  const { text, take, leave, takeLabel, leaveLabel } = decision;
  return [
    { kind: "text", text },
    {
      kind: "buttons",
      buttons: [
        reviewButton(takeLabel, draft.id, take, "primary"),
        reviewButton(leaveLabel, draft.id, leave),
      ],
    },
  ];
}

/** The lines of the document that a point was drawn from. */
function sourceLines({ lines, source }: DraftQuestion, point: DraftPoint): string {
  const from = lines?.[0];
  if (from === undefined) return "";
  return point.lines
    .map(([first, last]) => source.slice(Math.max(0, first - from), Math.max(0, last - from + 1)).join("\n"))
    .filter((text) => text.trim() !== "")
    .join("\n…\n");
}

async function pointBlocks(
  review: Review,
  at: number,
  request: Request,
  services: Services,
): Promise<Block[]> {
  const { draft, pack, point } = review;
  if (point === null) return [];
  const { locale } = request;
  const say = messagesFor(locale).content;
  const verdicts = await ownVerdicts(draft, await trialOf(draft, pack, draftingOf(services)), services);
  const findings = lintPoint(point, draft, verdicts.get(point.id) ?? null);
  const other = ownLanguage(point.statement) === "zh" ? "en" : "zh";
  const excerpt = sourceLines(draft, point);
  const [first = 0, last = 0] = point.lines[0] ?? [];
  const marks = [say.weightIs(point.weight), ...(point.approved ? [say.approvedMark] : [])].join(" · ");
  return [
    {
      kind: "heading",
      text: `${say.pointTitle(at + 1, draft.content.points.length)}: ${written(point.title, locale)}`,
    },
    { kind: "text", text: written(point.statement, ownLanguage(point.statement)) },
    {
      kind: "fields",
      fields: [
        { label: say.state, value: marks },
        ...(isTranslated(point.statement)
          ? [{ label: say.formTranslate, value: written(point.statement, other) }]
          : []),
        ...(point.aliases.length === 0 ? [] : [{ label: say.wordings, value: point.aliases.join(" / ") }]),
        ...(point.hint === null ? [] : [{ label: say.hintLabel, value: written(point.hint, locale) }]),
      ],
    },
    ...findings.map((finding) => ({ kind: "note" as const, text: `⚠ ${say.lint[finding]}` })),
    ...(excerpt === ""
      ? []
      : [
          { kind: "note" as const, text: say.sourceLines(first, last) },
          { kind: "code" as const, text: shortened(excerpt, SOURCE_LETTERS) },
        ]),
  ];
}

/** One question as it is reviewed: its points, one of them closely, and what can be done. */
export async function reviewView(review: Review, request: Request, services: Services): Promise<Reply> {
  const { draft, pack, point } = review;
  const { locale } = request;
  const say = messagesFor(locale).content;
  const { content } = draft;
  const at = point === null ? -1 : content.points.indexOf(point);
  const document = pack.documents.find(({ id }) => id === draft.document);
  const reply = privateReply(
    { kind: "heading", text: written(content.text, locale) },
    {
      kind: "fields",
      fields: [
        { label: say.state, value: say.states[stateOf(draft)] },
        { label: say.version, value: String(versionOf(draft)) },
        ...(document === undefined || draft.lines === null
          ? []
          : [{ label: say.document, value: `${document.name}, ${draft.lines[0]}–${draft.lines[1]}` }]),
      ],
    },
    ...lintQuestion(draft, pack.owner).map((finding) => ({
      kind: "note" as const,
      text: `⚠ ${say.lint[finding]}`,
    })),
    ...(content.points.length === 0
      ? []
      : [
          {
            kind: "list" as const,
            ordered: true,
            items: content.points.map(
              ({ title, approved }, place) =>
                `${approved ? "✓ " : ""}${shortened(written(title, locale), LONGEST_TITLE)}${place === at ? " ←" : ""}`,
            ),
          },
        ]),
    ...(await pointBlocks(review, at, request, services)),
    ...unusedHere(draft, locale),
    pointNavigation(review, at, request),
    ...pointActions(review, at, request),
    questionActions(review, request, services),
    ...(await toDecide(review, request, services)),
  );
  return reply;
}
