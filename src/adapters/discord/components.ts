import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInMessageActionRow,
  APISelectMenuComponent,
  APISelectMenuOption,
  SelectMenuDefaultValueType,
} from "discord.js";
import type { Block, Button, Choices, Form } from "#core/reply";
import { cutLine } from "#src/adapters/chat/plain-text";
import type { Keeping } from "#src/adapters/chat/pressed";
import { LIMITS } from "./limits.ts";

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

const styles = { primary: 1, secondary: 2, danger: 4 } as const;

/** Discord refuses labels without anything to see. */
const label = (text: string, most: number): string => cutLine(text, most) || "…";

/** The enum's own words: to import it as a value would load the whole library, which only `connect` needs. */
const idOf = {
  channel: "channel" as unknown as SelectMenuDefaultValueType.Channel,
  role: "role" as unknown as SelectMenuDefaultValueType.Role,
};

/** Buttons of several blocks stand side by side where they fit. */
export function withoutGaps(rows: readonly Row[]): Row[] {
  const joined: Row[] = [];
  for (const row of rows) {
    const last = joined.at(-1);
    const isButtons = ({ components }: Row) => components.every(({ type }) => type === 2);
    const together = [...(last?.components ?? []), ...row.components];
    if (last !== undefined && isButtons(last) && isButtons(row) && together.length <= LIMITS.buttonsInRow) {
      joined.splice(-1, 1, { type: 1, components: together });
    } else joined.push(row);
  }
  return joined;
}

const inChunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

const rowOf = (component: APISelectMenuComponent): Row => ({ type: 1, components: [component] });

export function buttonRows(buttons: readonly Button[], keeping: Keeping): Row[] {
  const drawn = buttons.map(
    (button): APIButtonComponent => ({
      type: 2,
      style: styles[button.style],
      label: label(button.label, LIMITS.buttonLabel),
      custom_id: keeping.id({ kind: "run", action: button.action }),
    }),
  );
  return inChunks(drawn, LIMITS.buttonsInRow).map((components) => ({ type: 1, components }));
}

/** The button that opens a form. */
export const formRow = ({ submit, action }: Form, keeping: Keeping): Row => ({
  type: 1,
  components: [
    {
      type: 2,
      style: 1,
      label: label(submit, LIMITS.buttonLabel),
      custom_id: keeping.id({ kind: "form", action }),
    },
  ],
});

/** Menus of at most 25 options each, as many as it takes; values that stand twice are offered once. */
function menus(
  menu: { readonly placeholder: string; readonly multiple: boolean; readonly id: () => string },
  options: readonly APISelectMenuOption[],
): Row[] {
  const different = [...new Map(options.map((option) => [option.value, option])).values()];
  const parts = inChunks(different, LIMITS.selectOptions);
  return parts.map((part, at) =>
    rowOf({
      type: 3,
      custom_id: menu.id(),
      placeholder: label(
        parts.length === 1 ? menu.placeholder : `${menu.placeholder} (${at + 1}/${parts.length})`,
        LIMITS.selectPlaceholder,
      ),
      min_values: menu.multiple ? 0 : 1,
      max_values: menu.multiple ? part.length : 1,
      options: part,
    }),
  );
}

/** A closed menu shows what is selected in place of its label: the first of it therefore says both. */
function choiceOptions({ label: name, choices, multiple }: Choices, keeping: Keeping): APISelectMenuOption[] {
  const first = choices.findIndex(({ selected }) => selected);
  return choices.map((choice, at) => ({
    label: label(at === first ? `${name} · ${choice.label}` : choice.label, LIMITS.selectText),
    value: keeping.shorten(choice.value),
    default: multiple ? choice.selected : at === first,
  }));
}

export function choiceRows(block: Choices, keeping: Keeping): Row[] {
  const { action, option, multiple, from } = block;
  const id = () => keeping.id({ kind: "choice", action, option, multiple });
  if (from === undefined) {
    return menus({ placeholder: block.label, multiple, id }, choiceOptions(block, keeping));
  }
  const most = multiple ? LIMITS.selectOptions : 1;
  const selected = block.choices
    .filter((choice) => choice.selected && /^\d{17,20}$/.test(choice.value))
    .slice(0, most);
  const shared = {
    custom_id: id(),
    placeholder: label(block.label, LIMITS.selectPlaceholder),
    min_values: multiple ? 0 : 1,
    max_values: most,
  };
  return [
    from === "channels"
      ? rowOf({
          type: 8,
          ...shared,
          // Text and announcement channels.
          channel_types: [0, 5],
          default_values: selected.map(({ value }) => ({ id: value, type: idOf.channel })),
        })
      : rowOf({
          type: 6,
          ...shared,
          default_values: selected.map(({ value }) => ({ id: value, type: idOf.role })),
        }),
  ];
}

/** A menu of what a table's rows lead to. */
export function linkRows(table: Extract<Block, { kind: "table" }>, keeping: Keeping): Row[] {
  const { links, columns, rows } = table;
  if (links === undefined) return [];
  const options = links.actions.flatMap((action, at): APISelectMenuOption[] =>
    action === null
      ? []
      : [
          {
            label: label(rows[at]?.[links.column] ?? "", LIMITS.selectText),
            value: keeping.value({ kind: "run", action }),
          },
        ],
  );
  const placeholder = columns[links.column]?.label ?? "";
  return menus({ placeholder, multiple: false, id: () => keeping.id({ kind: "pick" }) }, options);
}
