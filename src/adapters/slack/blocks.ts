import type { types } from "@slack/bolt";
import type { Block, Button, Choice, Choices, Form } from "#core/reply";
import { plainLine } from "#src/adapters/chat/plain-text";
import type { SlackKeeping } from "./action-id.ts";
import { LIMITS } from "./limits.ts";
import { plainLabel } from "./mrkdwn.ts";

type Menu = types.SectionBlockAccessory;

const inChunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

const button = (
  label: string,
  value: string,
  style: Button["style"],
  keeping: SlackKeeping,
): types.Button => ({
  type: "button",
  text: plainLabel(label, LIMITS.buttonText),
  action_id: keeping.buttonId(),
  value,
  ...(style === "secondary" ? {} : { style }),
});

export function buttonBlocks(buttons: readonly Button[], keeping: SlackKeeping): types.ActionsBlock[] {
  const drawn = buttons.map(({ label, action, style }) =>
    button(label, keeping.value({ kind: "run", action }, LIMITS.buttonValue), style, keeping),
  );
  return inChunks(drawn, LIMITS.actionElements).map((elements) => ({ type: "actions", elements }));
}

/** The button that opens a form. */
export const formBlock = ({ submit, action }: Form, keeping: SlackKeeping): types.ActionsBlock => ({
  type: "actions",
  elements: [button(submit, keeping.value({ kind: "form", action }, LIMITS.buttonValue), "primary", keeping)],
});

/** A menu beside its label. Menus of several stand nowhere else in a message. */
const beside = (label: string, accessory: Menu): types.SectionBlock => ({
  type: "section",
  text: plainLabel(label, LIMITS.placeholder),
  accessory,
});

export const optionOf = (label: string, value: string): types.PlainTextOption => ({
  text: plainLabel(label, LIMITS.optionText),
  value,
});

/** Each value once: Slack refuses twins. */
const optionsOf = (choices: readonly Choice[], keeping: SlackKeeping) => {
  const different = new Map(choices.map((choice) => [choice.value, choice]));
  return [...different.values()].map(({ value, label, selected }) => ({
    selected,
    option: optionOf(label, keeping.shorten(value, LIMITS.optionValue)),
  }));
};

function listMenus(block: Choices, keeping: SlackKeeping): types.SectionBlock[] {
  const { label, action, option, multiple } = block;
  const parts = inChunks(optionsOf(block.choices, keeping), LIMITS.options);
  return parts.map((part, at) => {
    const name = parts.length === 1 ? label : `${label} (${at + 1}/${parts.length})`;
    const shared = {
      action_id: keeping.id({ kind: "choice", action, option, multiple }),
      placeholder: plainLabel(label, LIMITS.placeholder),
      options: part.map((each) => each.option),
    };
    const chosen = part.filter(({ selected }) => selected).map((each) => each.option);
    const [first] = chosen;
    if (multiple) {
      const initial = first === undefined ? {} : { initial_options: chosen };
      return beside(name, { type: "multi_static_select", ...shared, ...initial });
    }
    const initial = first === undefined ? {} : { initial_option: first };
    return beside(name, { type: "static_select", ...shared, ...initial });
  });
}

/** How ids of conversations and members look: anything else a member could have written. */
const conversationId = /^[CG][A-Z0-9]{2,30}$/;
const memberId = /^[UW][A-Z0-9]{2,30}$/;

/** Slack has no menu of roles, and user groups only where they are paid for: members stand for them. */
export function choiceBlocks(block: Choices, keeping: SlackKeeping): types.SectionBlock[] {
  const { label, action, option, multiple, from } = block;
  if (from === undefined) return listMenus(block, keeping);
  const selected = block.choices.filter((choice) => choice.selected).map(({ value }) => value);
  const shared = {
    action_id: keeping.id({ kind: "choice", action, option, multiple }),
    placeholder: plainLabel(label, LIMITS.placeholder),
  };
  if (from === "channels") {
    const [channel] = selected.filter((id) => conversationId.test(id));
    return [
      beside(label, {
        type: "conversations_select",
        ...shared,
        filter: { include: ["public", "private"], exclude_bot_users: true },
        ...(channel === undefined ? {} : { initial_conversation: channel }),
      }),
    ];
  }
  const members = [...new Set(selected)].filter((id) => memberId.test(id)).slice(0, LIMITS.options);
  return [
    beside(label, {
      type: "multi_users_select",
      ...shared,
      ...(members.length === 0 ? {} : { initial_users: members }),
    }),
  ];
}

/** A menu of what a table's rows lead to. */
export function linkBlocks(
  { links, columns, rows }: Extract<Block, { kind: "table" }>,
  keeping: SlackKeeping,
): types.SectionBlock[] {
  if (links === undefined) return [];
  const options = links.actions.flatMap((action, at) =>
    action === null
      ? []
      : [
          optionOf(
            rows[at]?.[links.column] ?? "",
            keeping.value({ kind: "run", action }, LIMITS.optionValue),
          ),
        ],
  );
  const different = [...new Map(options.map((each) => [each.value, each])).values()];
  const label = plainLine(columns[links.column]?.label ?? "");
  return inChunks(different, LIMITS.options).map((part) =>
    beside(label, {
      type: "static_select",
      action_id: keeping.id({ kind: "pick" }),
      placeholder: plainLabel(label, LIMITS.placeholder),
      options: part,
    }),
  );
}
