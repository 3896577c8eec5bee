import { z } from "zod";
import { type BoardPage, MOST_ROWS } from "#core/board/boards";
import { placesOf } from "#core/board/places";
import { HINT_COST } from "#core/board/points";
import { type BoardSpan, boardSpans, spanned } from "#core/board/spans";
import { defineCommand, type RequestWith } from "#core/command";
import { messagesFor } from "#core/messages/index";
import { readOptionText } from "#core/option-text";
import { type Block, type Button, privateReply, publicReply, type Reply } from "#core/reply";
import { setNamedForGain } from "#core/report/consent";
import type { Request } from "#core/request";
import { studyDateAt } from "#core/round/calendar";
import type { Services } from "#core/services";

/** As many rows as a message shows before it tires; whoever shares the last one's place is shown with it. */
const ROWS = 10;
const MOST_SHOWN = 30;

const options = z.object({
  period: z
    .enum(boardSpans)
    .optional()
    .meta({
      positional: true,
      aliases: ["榜", "周期"],
      words: {
        week: ["本周", "周榜", "weekly", "this-week"],
        month: ["本月", "月榜", "monthly", "this-month"],
        all: ["总榜", "全部", "all-time", "ever"],
        "last-week": ["上周"],
        "last-month": ["上月", "上个月"],
      },
      label: { zh: "周期", en: "period" },
      description: "week, month or all; last-week, last-month",
    }),
  me: z
    .enum(["hide", "show"])
    .optional()
    .meta({
      aliases: ["我"],
      words: { hide: ["隐藏"], show: ["显示"] },
      label: { zh: "我", en: "me" },
      description: "hide: be shown on no board and in no list; show: be shown again",
    }),
  improved: z
    .boolean()
    .optional()
    .meta({
      aliases: ["进步"],
      label: { zh: "进步署名", en: "improved" },
      description: "be named in the weekly report when you improve most",
    }),
  /** Set by the button that shows a board to the channel. */
  share: z.boolean().optional(),
});

type BoardRequest = RequestWith<z.output<typeof options>>;

const ME_TEXT = /^\s*(?:(hide|隐藏)|(?:show|显示))(?:\s*(?:me|我))?\s*$/iu;

/** `hide` and `show me`, as one would say it. */
function readText(text: string): Readonly<Record<string, unknown>> {
  const me = ME_TEXT.exec(text);
  if (me !== null) return { me: me[1] === undefined ? "show" : "hide" };
  return readOptionText(options, [], text);
}

/** Whether anybody but the member reads the channel. */
const isShared = ({ tenant }: Request, { local }: Services): boolean => tenant !== local?.tenant;

/** Everybody's rows: the same whoever asks, and nobody in them who is hidden. */
function rowBlocks({ rows, members }: BoardPage, { locale }: Request): Block[] {
  const say = messagesFor(locale).board;
  const places = placesOf(rows, ROWS);
  const shown = places.reduce((count, place) => count + place.members.length, 0);
  if (shown === 0) return [{ kind: "text", text: say.nobody }];
  return [
    ...places.map(
      ({ place, points, members: sharing }): Block => ({
        kind: "members",
        label: say.place(place, points),
        members: sharing,
      }),
    ),
    ...(members > shown ? [{ kind: "note" as const, text: say.more(members - shown) }] : []),
  ];
}

/** Where the member stands, however far down; for their eyes only. */
function ownText({ own, members, shown }: BoardPage, { locale }: Request): string {
  const say = messagesFor(locale).board;
  if (own === null) return shown ? say.noneOfYours : say.hidden;
  const { points, above, next } = own;
  if (!shown) return say.youHidden(above + 1, points);
  const distance = next === null ? say.first : say.toNext(next - points);
  return [say.you(above + 1, members, points), distance].join(messagesFor(locale).charts.space);
}

function buttons(span: BoardSpan, page: BoardPage, request: Request, services: Services): Block {
  const say = messagesFor(request.locale).board;
  const other = boardSpans
    .filter((one) => one !== span && one !== "last-month")
    .map(
      (one): Button => ({
        label: say.span(one),
        action: { command: "leaderboard", options: { period: one } },
        typed: `/leaderboard ${one}`,
        style: "secondary",
      }),
    );
  const share: Button = {
    label: say.share,
    action: { command: "leaderboard", options: { period: span, share: true } },
    typed: `/leaderboard ${span} share`,
    style: "secondary",
  };
  const me: Button = {
    label: page.shown ? say.hide : say.show,
    action: { command: "leaderboard", options: { me: page.shown ? "hide" : "show" } },
    typed: page.shown ? "/leaderboard hide" : "/leaderboard show me",
    style: "secondary",
  };
  const canShare = page.rows.length > 0 && isShared(request, services);
  return { kind: "buttons", buttons: [...other, ...(canShare ? [share] : []), me] };
}

async function changeShown(shown: boolean, request: Request, { store }: Services): Promise<Reply> {
  const say = messagesFor(request.locale).board;
  await store.setShown(request.tenant, request.member, shown);
  return privateReply({ kind: "text", text: shown ? say.shownNow : say.hiddenNow });
}

/** Whether the weekly report names the member where they improve most. */
async function changeNamed(named: boolean, request: Request, { store }: Services): Promise<Reply> {
  const say = messagesFor(request.locale).report;
  await setNamedForGain(request.tenant, request.member, named, store);
  return privateReply(
    { kind: "text", text: named ? say.namedNow : say.unnamedNow },
    {
      kind: "buttons",
      buttons: [
        {
          label: named ? say.unnameMe : say.nameMe,
          action: { command: "leaderboard", options: { improved: !named } },
          typed: `/leaderboard improved=${named ? "no" : "yes"}`,
          style: "secondary",
        },
      ],
    },
  );
}

async function run(request: BoardRequest, services: Services): Promise<Reply> {
  const { period: span = "week", me, improved, share } = request.options;
  if (me !== undefined) return changeShown(me === "show", request, services);
  if (improved !== undefined) return changeNamed(improved, request, services);
  const { store, clock, zone } = services;
  const { tenant, member, channel, locale } = request;
  const schedule = await store.schedule(tenant, channel);
  const today = studyDateAt(clock.now(), schedule?.zone ?? zone);
  const { period, dates } = spanned(span, today);
  const page = await store.board({ tenant, period, member, limit: Math.min(MOST_SHOWN, MOST_ROWS) });
  const say = messagesFor(locale).board;
  const head: Block[] = [
    { kind: "heading", text: say.title(span) },
    ...(dates === null ? [] : [{ kind: "note" as const, text: say.from(dates.from, dates.to) }]),
    ...rowBlocks(page, request),
  ];
  const rule: Block = { kind: "note", text: say.rule(HINT_COST) };
  if (share === true) return publicReply(...head, rule);
  return privateReply(
    ...head,
    { kind: "text", text: ownText(page, request) },
    rule,
    buttons(span, page, request, services),
  );
}

export const leaderboard = defineCommand({
  name: "leaderboard",
  who: "member",
  where: "everywhere",
  summary: {
    zh: "周榜、月榜、总榜；/leaderboard hide 不上榜",
    en: "Who learns best: week, month, all time; hide takes you off",
  },
  examples: ["/leaderboard", "/leaderboard month", "/leaderboard hide"],
  options,
  shorthands: [],
  readText,
  run,
});
