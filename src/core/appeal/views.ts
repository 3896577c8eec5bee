import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { type Action, type Block, type Button, type Form, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { isOpen } from "#core/round/opening";
import { openingWords } from "#core/round/question-choice";
import { currentSitting } from "#core/round/sitting";
import type { Services } from "#core/services";
import { onShelf } from "#core/shelf";
import {
  type AppealCase,
  appealId,
  caseOf,
  LONGEST_REASON,
  LONGEST_WORDS,
  readAppeal,
  waits,
} from "./appeal.ts";
import { worth } from "./correcting.ts";
import { mayDecide, mayRead } from "./deciding.ts";
import { waitingAppeals } from "./filing.ts";
import { type JudgedAnswer, judgedAnswer, judgedPoints } from "./finding.ts";

/** As many as a menu holds. */
const MOST_CHOICES = 25;

/** The form by which a point is appealed; it needs nothing but the number that was chosen. */
export function appealForm(options: Action["options"], number: number, locale: Locale): Form {
  const say = messagesFor(locale).appeal;
  return {
    title: say.formTitle(number),
    submit: say.formSubmit,
    fields: [
      {
        option: "words",
        label: say.formWords,
        placeholder: say.formWordsHint,
        multiline: true,
        maxLength: LONGEST_WORDS,
        value: "",
      },
      {
        option: "reason",
        label: say.formReason,
        placeholder: say.formReasonHint,
        multiline: true,
        maxLength: LONGEST_REASON,
        value: "",
      },
    ],
    action: { command: "appeal", options },
  };
}

/** The form by which an editor says why an appeal is declined. */
export function declineForm(look: string, locale: Locale): Form {
  const say = messagesFor(locale).appeal;
  return {
    title: say.declineTitle,
    submit: say.decline,
    fields: [
      {
        option: "note",
        label: say.declineLabel,
        placeholder: say.declineHint,
        multiline: true,
        maxLength: LONGEST_REASON,
      },
    ],
    action: { command: "appeal", options: { look, verdict: "declined" } },
  };
}

/** Whether the titles of missed points are still nobody's to read: the question is asked in the channel now. */
async function isAsked({ question }: JudgedAnswer, request: Request, services: Services): Promise<boolean> {
  const sitting = await currentSitting(request, services);
  return sitting.kind === "round" && sitting.question.id === question.id;
}

/** The menu of an answer's points that can be appealed; nothing where every one was given in full. */
export async function appealMenu(
  answer: JudgedAnswer,
  request: Request,
  services: Services,
): Promise<Block[]> {
  const { locale } = request;
  const say = messagesFor(locale);
  const hidesTitles = await isAsked(answer, request, services);
  const choices = judgedPoints(answer).flatMap(({ point, number, judged: { verdict } }) =>
    verdict === "hit"
      ? []
      : [
          {
            value: String(number),
            label: say.appeal.pointChoice(
              number,
              hidesTitles ? null : point.title[locale],
              say.quiz.verdict(verdict),
            ),
            selected: false,
          },
        ],
  );
  if (choices.length === 0) return [];
  const { round, submission } = answer.attempt;
  return [
    {
      kind: "choices",
      label: say.appeal.whichPoint,
      option: "point",
      action: { command: "appeal", options: { round, answer: submission } },
      choices: choices.slice(0, MOST_CHOICES),
      multiple: false,
    },
  ];
}

/** How the appeals of one answer stand. */
async function appealsOf(answer: JudgedAnswer, request: Request, { store }: Services): Promise<Block[]> {
  const { tenant, member, locale } = request;
  const say = messagesFor(locale).appeal;
  const { round, submission } = answer.attempt;
  const kept = await Promise.all(
    judgedPoints(answer).map(async ({ point, number }) => {
      const found = await store.dossier(tenant, "appeal", appealId(member, round, submission, point.id));
      return found === null ? [] : [say.stands(number, readAppeal(found.text).decision?.ruling ?? null)];
    }),
  );
  const items = kept.flat();
  return items.length === 0
    ? []
    : [
        { kind: "text", text: say.yours },
        { kind: "list", ordered: false, items },
      ];
}

/** What of an answer can be appealed, and how. */
export async function ownAppeals(
  answer: JudgedAnswer,
  request: Request,
  services: Services,
): Promise<Block[]> {
  const { locale } = request;
  const say = messagesFor(locale).appeal;
  const menu = await appealMenu(answer, request, services);
  const { question, attempt } = answer;
  return [
    { kind: "heading", text: say.title },
    { kind: "text", text: say.ofAnswer(openingWords(question, locale), attempt.result.score) },
    ...(await appealsOf(answer, request, services)),
    ...(menu.length === 0
      ? [{ kind: "note" as const, text: say.nothingToAppeal }]
      : [{ kind: "note" as const, text: say.howTo }, ...menu, { kind: "note" as const, text: say.typedHow }]),
  ];
}

/** The appeals that an editor may decide, the oldest first, and how many more may be read later. */
async function decidable(
  request: Request,
  services: Services,
): Promise<{ readonly cases: readonly AppealCase[]; readonly later: number }> {
  const waiting = await onShelf(services.store, waitingAppeals(request.tenant), MOST_CHOICES, waits);
  const cases = await Promise.all(
    waiting.map(async (dossier) => {
      const found = caseOf(dossier);
      if (!(await mayDecide(found.appeal, request, services))) return [];
      return [{ found, isReadable: await mayRead(found.appeal, request, services) }];
    }),
  );
  const all = cases.flat();
  const readable = all.flatMap(({ found, isReadable }) => (isReadable ? [found] : []));
  return { cases: readable, later: all.length - readable.length };
}

const lookButton = (id: string, label: string): Button => ({
  label,
  action: { command: "appeal", options: { look: id } },
  typed: `/appeal look=${id}`,
  style: "primary",
});

/** What waits for an editor. */
export async function queue(request: Request, services: Services): Promise<Block[]> {
  const { locale } = request;
  const { library } = services;
  const say = messagesFor(locale).appeal;
  const { cases, later } = await decidable(request, services);
  const waitsForClose: Block[] = later === 0 ? [] : [{ kind: "note", text: say.queueLater(later) }];
  if (cases.length === 0) return [{ kind: "text", text: say.queueEmpty }, ...waitsForClose];
  const nameOf = ({ appeal: { question: id, point } }: AppealCase): string => {
    const question = library.question(id);
    if (question === undefined) return id;
    const title = question.points.find((one) => one.id === point)?.title[locale] ?? point;
    return say.queueChoice(openingWords(question, locale), title);
  };
  const [first] = cases;
  return [
    { kind: "heading", text: say.queueTitle },
    { kind: "text", text: say.queueCount(cases.length) },
    {
      kind: "choices",
      label: say.queueWhich,
      option: "look",
      action: { command: "appeal", options: {} },
      choices: cases.map((one) => ({ value: one.id, label: nameOf(one), selected: false })),
      multiple: false,
    },
    ...(first === undefined ? [] : [{ kind: "buttons" as const, buttons: [lookButton(first.id, say.next)] }]),
    ...waitsForClose,
  ];
}

/** After a decision: the appeal that waits longest. */
export async function nextInQueue(request: Request, services: Services): Promise<Block[]> {
  const [next] = (await decidable(request, services)).cases;
  return next === undefined
    ? []
    : [{ kind: "buttons", buttons: [lookButton(next.id, messagesFor(request.locale).appeal.next)] }];
}

/** One appeal as an editor sees it: the answer and what is asked of it, and not whose it is. */
export async function caseView(
  { id, appeal }: AppealCase,
  request: Request,
  services: Services,
): Promise<Reply> {
  const { tenant, locale } = request;
  const { store, library, clock } = services;
  const say = messagesFor(locale);
  const question = library.question(appeal.question);
  const point = question?.points.find((one) => one.id === appeal.point);
  const attempt = await judgedAnswer({ ...appeal, tenant }, services);
  const round = await store.round(tenant, appeal.round);
  const judged = attempt?.result?.points.find((one) => one.id === appeal.point);
  const decide = (verdict: string, label: string, style: Button["style"]): Button => ({
    label,
    action: { command: "appeal", options: { look: id, verdict } },
    typed: `/appeal look=${id} verdict=${verdict}${verdict === "declined" ? " note=…" : ""}`,
    style,
  });
  const canUphold = question !== undefined && judged !== undefined;
  const now = judged === undefined ? 0 : worth[judged.verdict];
  const field = (label: string, value: string | null | undefined) =>
    value == null || value === "" ? [] : [{ label, value }];
  return privateReply(
    { kind: "heading", text: say.appeal.caseTitle(point?.title[locale] ?? appeal.point) },
    {
      kind: "fields",
      fields: [
        ...field(say.appeal.caseQuestion, question?.text[locale] ?? appeal.question),
        ...field(say.appeal.caseStatement, point?.statement[locale]),
        ...field(say.appeal.caseJudged, say.quiz.verdict(judged?.verdict ?? appeal.judged)),
        ...field(say.appeal.caseEvidence, judged?.evidence.map(({ quote }) => quote).join(" … ")),
        ...field(say.appeal.caseWords, appeal.words),
        ...field(say.appeal.caseReason, appeal.reason),
        ...field(say.appeal.caseScore, attempt?.result == null ? null : String(attempt.result.score)),
      ],
    },
    ...(attempt === null
      ? []
      : [{ kind: "quote" as const, label: say.appeal.caseAnswer, text: attempt.text }]),
    ...(round !== null && isOpen(round, clock.now())
      ? [{ kind: "note" as const, text: say.appeal.caseOpen }]
      : []),
    { kind: "note", text: say.appeal.caseBlind },
    ...(appeal.decision === null
      ? [
          {
            kind: "buttons" as const,
            buttons: [
              ...(canUphold && now < worth.hit ? [decide("hit", say.appeal.upholdHit, "primary")] : []),
              ...(canUphold && now < worth.partial
                ? [decide("partial", say.appeal.upholdPartial, "secondary")]
                : []),
              decide("declined", say.appeal.decline, "danger"),
            ],
          },
        ]
      : [{ kind: "text" as const, text: say.appeal.decidedBefore(appeal.decision.ruling) }]),
  );
}
