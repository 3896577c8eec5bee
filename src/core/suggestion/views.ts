import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { type Block, type Button, type Form, privateReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import type { Services } from "#core/services";
import { waitingQuestions } from "./filing.ts";
import {
  approvedSuggestions,
  LONGEST_SENTENCE,
  LONGEST_SOURCE,
  POINT_LETTERS,
  POINTS,
  QUESTION_LETTERS,
  type SuggestedQuestion,
  type SuggestionCase,
} from "./suggestion.ts";

/** As many as a menu holds. */
const MOST_CHOICES = 25;
const LONGEST_LABEL = 80;
const MOST_EXPORTED = 1000;

/** The form by which a question is suggested; it needs nothing. */
export function suggestForm(locale: Locale): Form {
  const say = messagesFor(locale).suggestion;
  return {
    title: say.formTitle,
    submit: say.formSubmit,
    fields: [
      {
        option: "question",
        label: say.formQuestion,
        placeholder: say.formQuestionHint,
        multiline: true,
        maxLength: QUESTION_LETTERS.most,
      },
      {
        option: "points",
        label: say.formPoints,
        placeholder: say.formPointsHint,
        multiline: true,
        maxLength: POINTS.most * (POINT_LETTERS.most + 1),
      },
      {
        option: "source",
        label: say.formSource,
        placeholder: say.formSourceHint,
        multiline: false,
        maxLength: LONGEST_SOURCE,
        value: "",
      },
    ],
    action: { command: "suggest", options: {} },
  };
}

/** The form by which an editor says why a suggestion is declined. */
export function declineForm(look: string, locale: Locale): Form {
  const say = messagesFor(locale).suggestion;
  return {
    title: say.declineTitle,
    submit: say.decline,
    fields: [
      {
        option: "note",
        label: say.declineLabel,
        placeholder: say.declineHint,
        multiline: true,
        maxLength: LONGEST_SENTENCE,
      },
    ],
    action: { command: "suggest", options: { look, approve: false } },
  };
}

const lookButton = (id: string, label: string): Button => ({
  label,
  action: { command: "suggest", options: { look: id } },
  typed: `/suggest look=${id}`,
  style: "primary",
});

const labelOf = (text: string): string =>
  text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1).toWellFormed()}…`;

/** What waits for an editor. */
export async function queue(request: Request, services: Services): Promise<Block[]> {
  const say = messagesFor(request.locale).suggestion;
  const waiting = await waitingQuestions(request.tenant, MOST_CHOICES, services);
  const [first] = waiting;
  if (first === undefined) return [{ kind: "text", text: say.queueEmpty }];
  return [
    { kind: "heading", text: say.queueTitle },
    { kind: "text", text: say.queueCount(waiting.length) },
    {
      kind: "choices",
      label: say.queueWhich,
      option: "look",
      action: { command: "suggest", options: {} },
      choices: waiting.map(({ id, suggestion }) => ({
        value: id,
        label: labelOf(suggestion.text),
        selected: false,
      })),
      multiple: false,
    },
    { kind: "buttons", buttons: [lookButton(first.id, say.next)] },
  ];
}

/** After a decision: the suggestion that waits longest. */
export async function nextInQueue(request: Request, services: Services): Promise<Block[]> {
  const [next] = await waitingQuestions(request.tenant, 1, services);
  const say = messagesFor(request.locale).suggestion;
  return next === undefined ? [] : [{ kind: "buttons", buttons: [lookButton(next.id, say.next)] }];
}

/** One suggested question as an editor sees it. */
export function suggestionView(
  { id, suggestion }: SuggestionCase<SuggestedQuestion>,
  { locale }: Request,
): Reply {
  const say = messagesFor(locale).suggestion;
  const { text, points, source, member, decision } = suggestion;
  const decide = (approve: boolean): Button => ({
    label: approve ? say.approve : say.decline,
    action: { command: "suggest", options: { look: id, approve } },
    typed: `/suggest look=${id} approve=${approve}${approve ? "" : " note=…"}`,
    style: approve ? "primary" : "danger",
  });
  return privateReply(
    { kind: "heading", text: say.caseTitle },
    { kind: "quote", label: say.formQuestion, text, by: member },
    { kind: "text", text: say.casePoints },
    { kind: "list", ordered: true, items: points },
    ...(source === null
      ? []
      : [{ kind: "fields" as const, fields: [{ label: say.formSource, value: source }] }]),
    decision === null
      ? { kind: "buttons", buttons: [decide(true), decide(false)] }
      : { kind: "text", text: say.decidedBefore(decision.approved) },
  );
}

/** Everything that editors approved and nobody has made content of yet, as a file for those who write questions. */
export async function exported(request: Request, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).suggestion;
  const found = await approvedSuggestions(services.store, request.tenant, MOST_EXPORTED);
  if (found.length === 0) return privateReply({ kind: "text", text: say.nothingApproved });
  const rows = found.map(({ id, suggestion }) => {
    if (suggestion.type === "phrase") {
      const { type, language, question, point, verdict, phrase } = suggestion;
      return { id, type, language, question, point, verdict, phrase };
    }
    const { type, language, text, points, source } = suggestion;
    return { id, type, language, text, points, source };
  });
  const content = `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;
  return privateReply(
    { kind: "text", text: say.exported(found.length) },
    { kind: "file", name: "suggestions.jsonl", content },
  );
}
