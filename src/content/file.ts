import { isUtf8 } from "node:buffer";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import type { z } from "zod";
import {
  type ContentFault,
  ContentFaults,
  faultAt,
  faultOfFile,
  type JsonPath,
  type SourceText,
  syntaxFault,
} from "./fault.ts";

/** Content files are written by hand; what is larger came there by mistake. */
const MAX_FILE_BYTES = 1_048_576;

/** A file that goes wrong in hundreds of places is wrong in one; the rest would only hide it. */
const MAX_FAULTS_PER_FILE = 100;

/** A file that was read and has the shape it should have; the text is kept to say where a later fault lies. */
export interface ContentFile<Value> extends SourceText {
  readonly value: Value;
}

/**
 * Reads one JSON file; whatever is wrong with it goes to `faults`, and nothing is returned.
 *
 * @param within the folder that a link may not lead out of; without it, links are followed anywhere
 */
export function readContentFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  faults: ContentFault[],
  within?: string,
): ContentFile<z.output<Schema>> | undefined {
  const text = readText(file, faults, { within });
  if (text === undefined) return undefined;
  const source: SourceText = { file, text };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    faults.push(syntaxFault(source, cause));
    return undefined;
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { file, text, value: parsed.data };
  const found = parsed.error.issues.flatMap((issue) => describeIssue(issue, json));
  for (const { path, reason, at } of found.slice(0, MAX_FAULTS_PER_FILE)) {
    faults.push(faultAt(source, path, reason, at));
  }
  if (found.length > MAX_FAULTS_PER_FILE) {
    faults.push(faultOfFile(file, `and ${found.length - MAX_FAULTS_PER_FILE} more faults in this file`));
  }
  return undefined;
}

/** A pack of hundreds of questions in one file. */
const MAX_BUNDLE_BYTES = 64 * MAX_FILE_BYTES;

/** @throws ContentFaults where the file cannot be read */
export function readBundleText(file: string): string {
  const faults: ContentFault[] = [];
  const text = readText(file, faults, { most: MAX_BUNDLE_BYTES });
  if (text === undefined) throw new ContentFaults(faults);
  return text;
}

/**
 * Whether a file is somewhere else than in a folder, once all links on the way to both are followed.
 *
 * @throws Error of the file system where one of them is not there
 */
export function leadsOutOf(folder: string, file: string): boolean {
  const way = relative(realpathSync.native(folder), realpathSync.native(file));
  return isAbsolute(way) || way.split(sep)[0] === "..";
}

interface Bounds {
  readonly most?: number;
  readonly within?: string | undefined;
}

function readText(
  file: string,
  faults: ContentFault[],
  { most = MAX_FILE_BYTES, within }: Bounds,
): string | undefined {
  try {
    // A pack may come from anybody, and what stands in it is shown to a channel.
    if (within !== undefined && leadsOutOf(within, file)) {
      faults.push(faultOfFile(file, "this is a link that leads out of its folder; put the file itself here"));
      return undefined;
    }
    const stats = statSync(file);
    if (!stats.isFile()) {
      faults.push(faultOfFile(file, "this is not a file"));
      return undefined;
    }
    if (stats.size > most) {
      faults.push(faultOfFile(file, `the file has ${stats.size} bytes; at most ${most} are read`));
      return undefined;
    }
    const bytes = readFileSync(file);
    if (!isUtf8(bytes)) {
      faults.push(faultOfFile(file, "the file is not UTF-8 text"));
      return undefined;
    }
    // JSON.parse would stumble over a byte order mark.
    return bytes.toString("utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    faults.push(faultOfFile(file, readTrouble(error)));
    return undefined;
  }
}

/** Why a file or folder could not be read, for a person. */
export function readTrouble(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "there is no such file or folder";
  if (code === "ENOTDIR") return "this is not a folder";
  if (code === "EACCES" || code === "EPERM") return "it may not be read: permission denied";
  return `it cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

interface Described {
  readonly path: JsonPath;
  readonly reason: string;
  readonly at: "value" | "key";
}

function describeIssue(issue: z.core.$ZodIssue, json: unknown): Described[] {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      reason: `the key "${key}" is not known here`,
      at: "key",
    }));
  }
  return [{ path, reason: reasonFor(issue, path, json), at: "value" }];
}

const LANGUAGES: Readonly<Record<string, string>> = { zh: "Chinese", en: "English" };

function reasonFor(issue: z.core.$ZodIssue, path: JsonPath, json: unknown): string {
  const name = nameOf(path);
  const value = valueAt(json, path);
  const language = LANGUAGES[String(path.at(-1))];
  if (value === undefined || (typeof value === "string" && value.trim() === "")) {
    const state = value === undefined ? "missing" : "empty";
    return language
      ? `the ${language} text of ${nameOf(path.slice(0, -1))} is ${state}`
      : `${name} is ${state}`;
  }
  const message = issue.message.replace("Invalid input: ", "").replace("Invalid option: ", "");
  return `${name}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function valueAt(json: unknown, path: JsonPath): unknown {
  let value = json;
  for (const step of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}

function nameOf(path: JsonPath): string {
  if (path.length === 0) return "the file";
  return path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join("");
}
