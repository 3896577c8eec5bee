import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { isEditor } from "#core/editors";
import { messagesFor } from "#core/messages/index";
import { readOptionText } from "#core/option-text";
import { Refusal } from "#core/refusal";
import { type Button, privateReply, type Reply } from "#core/reply";
import type { Services } from "#core/services";
import { decideSuggestion, findSuggestion } from "#core/suggestion/deciding";
import { suggestQuestion } from "#core/suggestion/filing";
import {
  declineForm,
  exported,
  nextInQueue,
  queue,
  suggestForm,
  suggestionView,
} from "#core/suggestion/views";

const options = z.object({
  question: z
    .string()
    .optional()
    .meta({
      aliases: ["题目"],
      label: { zh: "题目", en: "question" },
      description: "the question, as an interviewer would ask it",
    }),
  points: z
    .string()
    .optional()
    .meta({
      aliases: ["要点"],
      label: { zh: "要点", en: "points" },
      description: "its key points, parted by semicolons",
    }),
  source: z
    .string()
    .optional()
    .meta({ aliases: ["出处"], label: { zh: "出处", en: "source" }, description: "where it comes from" }),
  /** Set by the button of an editor: the form instead of the queue. */
  ask: z.boolean().optional(),
  /** Set by an editor's buttons and form: the suggestion, the decision, and why. */
  look: z.string().max(100).optional(),
  approve: z.boolean().optional(),
  note: z.string().optional(),
  export: z.boolean().optional(),
});

type SuggestRequest = RequestWith<z.output<typeof options>>;

const DECISION_TEXT = /^\s*look=(\S{1,100})\s+approve=(true|false)(?:\s+note=(\S[\s\S]*)|\s*)$/u;
const KEYED_TEXT = /^\s*(?:look=|export\s*$|ask\s*$)/u;

/** Question and points parted by a bar or a line end are taken as they stand. */
function readText(text: string): Readonly<Record<string, unknown>> {
  const decision = DECISION_TEXT.exec(text);
  if (decision !== null) {
    const [, look, approve, note] = decision;
    return { look, approve: approve === "true", ...(note === undefined ? {} : { note }) };
  }
  if (text.trim() === "" || KEYED_TEXT.test(text)) return readOptionText(options, [], text);
  const at = text.search(/[|｜\n]/u);
  return at < 0 ? { question: text } : { question: text.slice(0, at), points: text.slice(at + 1) };
}

/** What an editor does: look at a suggestion, or decide it. */
async function decide(request: SuggestRequest, services: Services, id: string): Promise<Reply> {
  const { approve, note } = request.options;
  const found = await findSuggestion(id, request.tenant, services);
  if (approve === undefined) return suggestionView(found, request);
  if (!approve && note === undefined) {
    // Whoever is too late is told before they write.
    if (found.suggestion.decision !== null) return suggestionView(found, request);
    return privateReply({ kind: "form", form: declineForm(id, request.locale) });
  }
  await decideSuggestion(id, approve, note ?? "", request, services);
  const say = messagesFor(request.locale).suggestion;
  return privateReply(
    { kind: "text", text: say.decisionMade(approve) },
    ...(await nextInQueue(request, services)),
  );
}

async function editorsDesk(request: SuggestRequest, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).suggestion;
  const button = (label: string, option: string): Button => ({
    label,
    action: { command: "suggest", options: { [option]: true } },
    typed: `/suggest ${option}`,
    style: "secondary",
  });
  const buttons = [button(say.suggestOwn, "ask"), button(say.exportButton, "export")];
  return privateReply(...(await queue(request, services)), { kind: "buttons", buttons });
}

async function run(request: SuggestRequest, services: Services): Promise<Reply> {
  const { question, points, source, look, ask } = request.options;
  const say = messagesFor(request.locale).suggestion;
  const isForEditors = look !== undefined || request.options.export === true;
  if (isForEditors && !isEditor(request)) throw new Refusal((messages) => messages.suggestion.editorsOnly);
  if (look !== undefined) return decide(request, services, look);
  if (request.options.export === true) return exported(request, services);
  if (question === undefined && points === undefined) {
    if (isEditor(request) && ask !== true) return editorsDesk(request, services);
    const form = { kind: "form" as const, form: suggestForm(request.locale) };
    return privateReply(form, { kind: "note", text: say.howTo });
  }
  const texts = { question: question ?? "", points: points ?? "", source: source ?? "" };
  const { suggestion } = await suggestQuestion(texts, request, services);
  return privateReply({ kind: "text", text: say.filed(suggestion.points.length) });
}

export const suggest = defineCommand({
  name: "suggest",
  who: "member",
  where: "everywhere",
  hasEditorsDesk: true,
  summary: {
    zh: "推荐一道带要点的题；编辑在这里审核",
    en: "Suggest a question with its key points; editors decide here",
  },
  examples: ["/suggest", "/suggest Why does dropout help? | it trains many thinned networks"],
  options,
  shorthands: [],
  readText,
  run,
});
