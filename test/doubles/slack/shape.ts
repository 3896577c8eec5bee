import { isJson, type Json } from "./json.ts";
import { elementShapes, inlineShapes, type Kind, objectShapes, type Shape } from "./rules.ts";
import type { Violation } from "./violation.ts";

/** Collects what is wrong with a body. */
export class Judgement {
  readonly violations: Violation[] = [];
  readonly #error: string;

  /** @param error what Slack answers when a rule of this body is broken */
  constructor(error: string) {
    this.#error = error;
  }

  refuse(path: string, message: string, error = this.#error): void {
    this.violations.push({ path, error, message });
  }
}

/** Judges an object against its shape; keys in `known` are judged elsewhere. */
export function checkShape(
  judgement: Judgement,
  path: string,
  value: Json,
  shape: Shape,
  known: readonly string[] = [],
): void {
  for (const name of shape.needs)
    if (value[name] === undefined) judgement.refuse(path, `missing required field: ${name}`);
  const given = (names: readonly string[]) => names.filter((name) => value[name] !== undefined);
  if (shape.oneOf.length > 0 && given(shape.oneOf).length !== 1)
    judgement.refuse(path, `exactly one of ${shape.oneOf.join(", ")}`);
  if (shape.anyOf.length > 0 && given(shape.anyOf).length === 0)
    judgement.refuse(path, `at least one of ${shape.anyOf.join(", ")}`);
  for (const [name, held] of Object.entries(value)) {
    if (known.includes(name) || held === undefined) continue;
    const kind = shape.fields[name];
    if (kind === undefined) judgement.refuse(`${path}/${name}`, `invalid additional property: ${name}`);
    else checkKind(judgement, `${path}/${name}`, held, kind);
  }
}

function checkLength(
  judgement: Judgement,
  path: string,
  value: unknown,
  least: number,
  most: number,
): value is string {
  if (typeof value !== "string") {
    judgement.refuse(path, "must be a string");
    return false;
  }
  if (value.length > most) judgement.refuse(path, `must be less than ${most + 1} characters`);
  if (value.length < least) judgement.refuse(path, `must be more than ${least - 1} characters`);
  return true;
}

function checkUrl(judgement: Judgement, path: string, value: unknown, most: number): void {
  if (!checkLength(judgement, path, value, 1, most)) return;
  if (!/^(?:https?|mailto|slack):/.test(value) || !URL.canParse(value))
    judgement.refuse(path, "must be a URL");
}

function checkText(
  judgement: Judgement,
  path: string,
  value: unknown,
  of: "plain" | "any",
  most: number,
): void {
  if (!isJson(value)) {
    judgement.refuse(path, "must be a text object");
    return;
  }
  const { type, text } = value;
  if (type !== "plain_text" && (of === "plain" || type !== "mrkdwn"))
    judgement.refuse(`${path}/type`, of === "plain" ? "must be plain_text" : "must be plain_text or mrkdwn");
  checkLength(judgement, `${path}/text`, text, 1, most);
  if (typeof text === "string" && text.length > 0 && text.trim() === "")
    judgement.refuse(`${path}/text`, "must hold more than white space");
  for (const [name, held] of Object.entries(value)) {
    if (name === "type" || name === "text") continue;
    const fits = name === (type === "mrkdwn" ? "verbatim" : "emoji");
    if (!fits) judgement.refuse(`${path}/${name}`, `invalid additional property: ${name}`);
    else if (typeof held !== "boolean") judgement.refuse(`${path}/${name}`, "must be a boolean");
  }
}

function checkTyped(
  judgement: Judgement,
  path: string,
  value: unknown,
  allowed: readonly string[],
  shapes: ReadonlyMap<string, Shape>,
): void {
  if (!isJson(value)) {
    judgement.refuse(path, "must be an object");
    return;
  }
  const type = typeof value.type === "string" ? value.type : "";
  const shape = allowed.includes(type) ? shapes.get(type) : undefined;
  if (shape === undefined) {
    judgement.refuse(`${path}/type`, `unsupported type: ${type}`);
    return;
  }
  checkShape(judgement, path, value, shape, shape.acts ? ["type", "action_id"] : ["type"]);
  if (shape.acts && value.action_id !== undefined)
    checkLength(judgement, `${path}/action_id`, value.action_id, 1, 255);
}

function checkCell(judgement: Judgement, path: string, value: unknown): void {
  if (!isJson(value)) {
    judgement.refuse(path, "must be an object");
    return;
  }
  const { type, text, elements, value: number } = value;
  if (type === "rich_text") {
    const of = ["rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"];
    checkKind(judgement, `${path}/elements`, elements, {
      is: "list",
      of: { is: "element", of },
      min: 1,
      max: 100,
    });
    return;
  }
  if (type !== "raw_text" && type !== "raw_number") {
    judgement.refuse(`${path}/type`, `unsupported type: ${String(type)}`);
    return;
  }
  checkLength(judgement, `${path}/text`, text, 1, 3000);
  if (type === "raw_number" && typeof number !== "number")
    judgement.refuse(`${path}/value`, "must be a number");
}

export function checkKind(judgement: Judgement, path: string, value: unknown, kind: Kind): void {
  switch (kind.is) {
    case "boolean":
      if (typeof value !== "boolean") judgement.refuse(path, "must be a boolean");
      return;
    case "date":
      if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(Date.parse(value)))
        judgement.refuse(path, "must be a date like 2026-11-26");
      return;
    case "time":
      if (typeof value !== "string" || !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value))
        judgement.refuse(path, "must be a time like 09:30");
      return;
    case "string":
      checkLength(judgement, path, value, kind.min, kind.max);
      return;
    case "integer":
      if (typeof value !== "number" || !Number.isInteger(value) || value < kind.min || value > kind.max)
        judgement.refuse(path, `must be a whole number from ${kind.min} to ${kind.max}`);
      return;
    case "url":
      checkUrl(judgement, path, value, kind.max);
      return;
    case "one of":
      if (typeof value !== "string" || !kind.values.includes(value))
        judgement.refuse(path, `must be one of ${kind.values.join(", ")}`);
      return;
    case "text":
      checkText(judgement, path, value, kind.of, kind.max);
      return;
    case "text or image":
      if (isJson(value) && value.type === "image")
        checkTyped(judgement, path, value, ["image"], elementShapes);
      else checkText(judgement, path, value, "any", kind.max);
      return;
    case "list":
      if (!Array.isArray(value)) {
        judgement.refuse(path, "must be a list");
        return;
      }
      if (value.length < kind.min || value.length > kind.max)
        judgement.refuse(path, `must hold ${kind.min} to ${kind.max} items (${value.length})`);
      for (const [at, item] of value.entries()) checkKind(judgement, `${path}/${at}`, item, kind.of);
      return;
    case "object": {
      const shape = objectShapes.get(kind.of);
      if (shape === undefined) throw new Error(`the table has no object ${kind.of}`);
      if (!isJson(value)) {
        judgement.refuse(path, "must be an object");
        return;
      }
      checkShape(judgement, path, value, shape);
      return;
    }
    case "element":
      checkTyped(judgement, path, value, kind.of, elementShapes);
      return;
    case "inline":
      checkTyped(judgement, path, value, kind.of, inlineShapes);
      return;
    case "cell":
      checkCell(judgement, path, value);
      return;
  }
}
