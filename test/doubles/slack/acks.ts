import { emulateOf, type Front } from "./front.ts";
import type { Choice } from "./handles.ts";
import type { Acknowledgement, InteractionState } from "./interactions.ts";
import { isJson, type Json, objectIn, objectsIn, textIn } from "./json.ts";
import { requirePictures } from "./pictures.ts";
import { addMessage, judgeContent } from "./posting.ts";
import { SlackRefusal } from "./refusal.ts";
import { limit } from "./rules.ts";
import { checkKind, Judgement } from "./shape.ts";
import { pushView, updateView } from "./view-ops.ts";
import type { View } from "./views.ts";
import type { Violation } from "./violation.ts";

const ack = (kind: Acknowledgement["kind"], more: Partial<Acknowledgement> = {}): Acknowledgement => ({
  kind,
  errors: {},
  choices: [],
  ...more,
});

const isNothing = (answer: unknown): boolean =>
  answer === undefined ||
  answer === null ||
  answer === "" ||
  (isJson(answer) && Object.keys(answer).length === 0);

function refused(judgement: Judgement): void {
  const [first] = judgement.violations;
  if (first !== undefined) throw new SlackRefusal(first.error, {}, 200, judgement.violations);
}

/** A command's answer in its acknowledgement: text, or a message. */
function sayInReply(front: Front, state: InteractionState, answer: unknown): readonly Violation[] {
  const body = typeof answer === "string" ? { text: answer } : objectIn(answer);
  const manners = judgeContent(body);
  requirePictures(front, body.blocks, "/blocks");
  const room = front.world.rooms.get(state.channelId ?? "");
  if (room === undefined) throw new SlackRefusal("channel_not_found");
  const visibleTo = body.response_type === "in_channel" ? null : state.memberId;
  front.interactions.link(state, addMessage(front, room, body, { visibleTo, authorId: null }));
  return manners;
}

const choiceOf = ({ text, value }: Json): Choice => ({
  text: textIn(objectIn(text).text),
  value: textIn(value),
});

function choicesOf(answer: Json): readonly Choice[] {
  const judgement = new Judgement("invalid_options");
  const { options, option_groups } = answer;
  const [name, value] = options === undefined ? ["option group", option_groups] : ["option", options];
  const max = limit("suggestions");
  checkKind(judgement, "", value, { is: "list", of: { is: "object", of: name }, min: 0, max });
  refused(judgement);
  const listed = [
    ...objectsIn(options),
    ...objectsIn(option_groups).flatMap((group) => objectsIn(group.options)),
  ].map(choiceOf);
  if (new Set(listed.map(({ value: each }) => each)).size !== listed.length)
    throw new SlackRefusal("invalid_options", {}, 200, [
      { path: "/options", error: "invalid_options", message: "the values of options must be unique" },
    ]);
  return listed;
}

function errorsOf(view: View, answer: Json): Readonly<Record<string, string>> {
  const judgement = new Judgement("invalid_errors");
  const inputs = objectsIn(view.json.blocks)
    .filter(({ type }) => type === "input")
    .map(({ block_id }) => textIn(block_id));
  const errors = Object.entries(objectIn(answer.errors));
  if (errors.length === 0) judgement.refuse("/errors", "must name at least one block");
  for (const [blockId, message] of errors) {
    if (!inputs.includes(blockId)) judgement.refuse(`/errors/${blockId}`, "is no input of this view");
    if (typeof message !== "string" || message.trim() === "")
      judgement.refuse(`/errors/${blockId}`, "must be a sentence");
  }
  refused(judgement);
  return Object.fromEntries(errors.map(([blockId, message]) => [blockId, textIn(message)]));
}

/** Where an answer to a submission takes the member. */
async function afterSubmission(
  front: Front,
  state: InteractionState,
  answer: unknown,
): Promise<Acknowledgement> {
  const view = front.views.get(state.viewId ?? "");
  if (view === undefined) throw new SlackRefusal("view_not_found");
  const body = objectIn(answer);
  const token = emulateOf(front, state.workspaceId).insideToken;
  // The acknowledgement needs no trigger of its own: it is in time or it is not.
  const trigger = {
    id: state.triggerId,
    at: state.at,
    workspaceId: state.workspaceId,
    memberId: state.memberId,
    viewId: view.id,
    used: true,
  };
  switch (body.response_action) {
    case "errors":
      return ack("errors", { errors: errorsOf(view, body) });
    case "update":
      await updateView(front, view, body.view, "", token);
      state.resultId = view.id;
      return ack("update");
    case "push":
      await pushView(front, trigger, body.view, token);
      return ack("push");
    case "clear":
      for (const each of front.views.stack(state.memberId)) each.isOpen = false;
      return ack("clear");
    default:
      if (!isNothing(answer)) throw new SlackRefusal("invalid_response_action");
      view.isOpen = false;
      return ack("empty");
  }
}

async function understood(
  front: Front,
  state: InteractionState,
  answer: unknown,
): Promise<{ readonly ack: Acknowledgement; readonly manners: readonly Violation[] }> {
  if (state.kind === "submission") return { ack: await afterSubmission(front, state, answer), manners: [] };
  if (state.kind === "suggestion")
    return { ack: ack("choices", { choices: choicesOf(objectIn(answer)) }), manners: [] };
  if (isNothing(answer)) return { ack: ack("empty"), manners: [] };
  if (state.kind === "command") return { manners: sayInReply(front, state, answer), ack: ack("message") };
  throw new SlackRefusal("unexpected_ack_payload");
}

/** Does what an acknowledgement says; an answer that Slack would not take leaves the member with a failure. */
export async function acknowledge(front: Front, state: InteractionState, answer: unknown): Promise<void> {
  if (state.ack !== null || state.sent === null) return;
  const note = (error: string, violations: readonly Violation[]) =>
    front.captured.push({
      kind: "ack",
      method: state.kind,
      workspaceId: state.workspaceId,
      body: isJson(answer) ? answer : { answer },
      at: front.clock.now(),
      status: 200,
      error,
      violations,
      fault: null,
    });
  try {
    const { ack: made, manners } = await understood(front, state, answer);
    state.ack = made;
    if (manners.length > 0) note("", manners);
  } catch (cause) {
    if (!(cause instanceof SlackRefusal)) throw cause;
    state.sent.failed = true;
    note(cause.error, cause.violations);
  }
  front.waiting.changed();
}
