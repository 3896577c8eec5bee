import { isJson, type Json, objectsIn, textIn } from "./json.ts";
import { blockShapes, limit, viewShapes } from "./rules.ts";
import { checkShape, Judgement } from "./shape.ts";
import type { Violation } from "./violation.ts";

export type Surface = "message" | "modal" | "home";

/** Every element of a block that a member can use, rich text inputs and nested rows included. */
export function elementsOf(block: Json): readonly Json[] {
  const { elements, element, accessory } = block;
  return [...objectsIn(elements), ...[element, accessory].filter(isJson)].filter(
    ({ action_id }) => action_id !== undefined,
  );
}

/** Every text of a value, at any depth: keys `text` that hold a string. */
function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([name, held]) =>
    name === "text" && typeof held === "string" ? [held] : textsIn(held),
  );
}

const flatOptions = ({ options, option_groups }: Json): readonly Json[] => [
  ...objectsIn(options),
  ...objectsIn(option_groups).flatMap((group) => objectsIn(group.options)),
];

const sameOption = (one: Json, other: Json): boolean =>
  one.value === other.value &&
  textIn((one.text as Json | undefined)?.text) === textIn((other.text as Json | undefined)?.text);

/** What is wrong inside one element beyond its shape. */
function checkElement(judgement: Judgement, path: string, element: Json): void {
  const options = flatOptions(element);
  const values = options.map(({ value }) => textIn(value));
  if (new Set(values).size !== values.length)
    judgement.refuse(path, "the values of options must be unique in their menu");
  const initial = [
    ...objectsIn(element.initial_options),
    ...(isJson(element.initial_option) ? [element.initial_option] : []),
  ];
  if (options.length > 0 && initial.some((each) => !options.some((option) => sameOption(option, each))))
    judgement.refuse(path, "an initial option must be exactly one of the options");
  const { min_length, max_length, initial_value } = element;
  if (Number(min_length ?? 0) > Number(max_length ?? 3000))
    judgement.refuse(path, "min_length must not be greater than max_length");
  if (typeof initial_value === "string" && initial_value.length > Number(max_length ?? 3000))
    judgement.refuse(path, "initial_value must not be longer than max_length");
  if (initial.length > Number(element.max_selected_items ?? 1000))
    judgement.refuse(path, "more initial options than max_selected_items");
}

function checkBlock(judgement: Judgement, path: string, block: Json, surface: Surface): void {
  const type = textIn(block.type);
  const shape = blockShapes.get(type);
  if (shape === undefined || !shape.surfaces.includes(surface)) {
    judgement.refuse(`${path}/type`, `unsupported block in a ${surface}: ${type}`);
    return;
  }
  checkShape(judgement, path, block, shape, ["type", "block_id"]);
  if (block.block_id !== undefined) {
    const id = block.block_id;
    if (typeof id !== "string" || id.length < 1 || id.length > 255)
      judgement.refuse(`${path}/block_id`, "must be a string of 1 to 255 characters");
  }
  const elements = elementsOf(block);
  for (const element of elements) checkElement(judgement, path, element);
  const ids = elements.map(({ action_id }) => textIn(action_id));
  if (new Set(ids).size !== ids.length)
    judgement.refuse(path, "`action_id`s must be unique inside their block");
}

function unique(judgement: Judgement, path: string, blocks: readonly Json[]): void {
  const ids = blocks.flatMap(({ block_id }) => (typeof block_id === "string" ? [block_id] : []));
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) judgement.refuse(path, `block_id ${twice} is used twice`);
}

/** Judges a list of blocks; gives those that are objects. */
export function checkBlocks(
  judgement: Judgement,
  path: string,
  value: unknown,
  surface: Surface,
): readonly Json[] {
  if (!Array.isArray(value)) {
    judgement.refuse(path, "must be a list of blocks", "invalid_blocks_format");
    return [];
  }
  const blocks = objectsIn(value);
  if (blocks.length !== value.length) judgement.refuse(path, "every block is an object");
  const most = limit(surface === "message" ? "messageBlocks" : "viewBlocks");
  if (blocks.length > most) judgement.refuse(path, `no more than ${most} items allowed (${blocks.length})`);
  for (const [at, block] of blocks.entries()) checkBlock(judgement, `${path}/${at}`, block, surface);
  unique(judgement, path, blocks);
  const focused = blocks.flatMap(elementsOf).filter((element) => element.focus_on_load === true).length;
  if (focused > 1) judgement.refuse(path, "focus_on_load may be set for one element only");
  if (blocks.filter(({ type }) => type === "table").length > limit("tables"))
    judgement.refuse(path, "only one table", "only_one_table_allowed");
  return blocks;
}

/** The cap over all blocks of a message. */
export function checkTotal(judgement: Judgement, path: string, blocks: readonly Json[]): void {
  const total =
    textsIn(blocks).reduce((sum, text) => sum + text.length, 0) +
    limit("blocksTotalPerBlock") * Math.max(0, blocks.length - 1);
  if (total > limit("blocksTotal"))
    judgement.refuse(path, `${total} of ${limit("blocksTotal")} characters`, "msg_blocks_too_long");
  const markdown = blocks.filter(({ type }) => type === "markdown");
  if (textsIn(markdown).join("").length > limit("markdownTotal"))
    judgement.refuse(path, "the markdown of all blocks", "msg_blocks_too_long");
}

/** What a modal or a home breaks. */
export function checkView(value: unknown, surface: "modal" | "home"): readonly Violation[] {
  const judgement = new Judgement("invalid_arguments");
  const shape = viewShapes.get(surface);
  if (!isJson(value) || shape === undefined) {
    judgement.refuse("/view", "must be a view");
    return judgement.violations;
  }
  if (value.type !== surface) judgement.refuse("/view/type", `must be ${surface}`);
  checkShape(judgement, "/view", value, shape, ["type", "blocks"]);
  const blocks = checkBlocks(judgement, "/view/blocks", value.blocks, surface);
  const asks = blocks.some(({ type }) => type === "input");
  if (surface === "modal" && asks && value.submit === undefined)
    judgement.refuse("/view", "missing required field: submit, where there is an input");
  if (Buffer.byteLength(JSON.stringify(value)) > limit("viewBytes"))
    judgement.refuse("/view", "more than 250 kB", "view_too_large");
  return judgement.violations;
}
