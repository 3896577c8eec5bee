import { z } from "zod";
import type { Bilingual } from "#core/language";
import { type Question, slugSchema } from "./question.ts";

const digestSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "expected a SHA-256 in lower-case hexadecimal digits");

/** The register of ids that members' histories may hold: each with the digest of its meaning. */
export const publishedSchema = z.strictObject({
  schema: z.literal(1),
  published: z.record(slugSchema, digestSchema),
  /** Ids that were withdrawn; they are never given out again. */
  retired: z.record(slugSchema, digestSchema),
});
export type Published = z.infer<typeof publishedSchema>;

/** SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. */
export type Digest = (text: string) => string;

/** What an id stands for. A draft may still change, so only reviewed ones have to be published. */
export interface Meaning {
  readonly id: string;
  readonly says: Bilingual;
  readonly reviewed: boolean;
}

/** A question's own id and those of its key points. A point's weight, title and hint are no part of its meaning. */
export function meaningsOf(question: Question): readonly Meaning[] {
  const reviewed = question.status === "reviewed";
  return [
    { id: question.id, says: question.text, reviewed },
    ...question.points.map((point) => ({ id: point.id, says: point.statement, reviewed })),
  ];
}

type PublishedTrouble = "unpublished" | "changed" | "retired" | "gone";

export interface PublishedFinding {
  readonly id: string;
  readonly trouble: PublishedTrouble;
}

/** Holds the ids in the packs against the register; an empty list means that they agree. */
export function checkPublished(
  register: Published,
  meanings: readonly Meaning[],
  digest: Digest,
): readonly PublishedFinding[] {
  const findings: PublishedFinding[] = [];
  const present = new Set<string>();
  for (const meaning of meanings) {
    present.add(meaning.id);
    const trouble = troubleWith(register, meaning, digest);
    if (trouble) findings.push({ id: meaning.id, trouble });
  }
  for (const id of Object.keys(register.published)) {
    if (!present.has(id)) findings.push({ id, trouble: "gone" });
  }
  return findings;
}

function troubleWith(register: Published, meaning: Meaning, digest: Digest): PublishedTrouble | undefined {
  if (Object.hasOwn(register.retired, meaning.id)) return "retired";
  if (!Object.hasOwn(register.published, meaning.id)) return meaning.reviewed ? "unpublished" : undefined;
  return register.published[meaning.id] === digestOf(meaning, digest) ? undefined : "changed";
}

const digestOf = ({ says }: Meaning, digest: Digest): string => digest(JSON.stringify([says.zh, says.en]));

/** What is wrong and what to do about it, for the operator's log. */
export function publishedReason({ id, trouble }: PublishedFinding): string {
  switch (trouble) {
    case "unpublished":
      return `${id} is not published yet: run npm run content:publish`;
    case "changed":
      return (
        `the meaning of ${id} changed after it was published: give it a new id ` +
        `(or, if only the wording is better, run npm run content:publish -- --reworded ${id})`
      );
    case "retired":
      return `${id} was retired and is never used again: choose another id`;
    case "gone":
      return (
        `${id} was published and is in no pack any more: put it back, ` +
        `or withdraw it for good with npm run content:publish -- --retire ${id}`
      );
  }
}

/** What an author asserts beyond adding new ids. */
export interface PublishOrders {
  /** Published ids whose words changed and whose meaning did not. */
  readonly reworded: readonly string[];
  /** Published ids that were taken out of the packs for good. */
  readonly retire: readonly string[];
}

export interface Publication {
  readonly register: Published;
  readonly added: readonly string[];
  /** Why nothing may be written; empty where all is well. */
  readonly refused: readonly string[];
}

/** The register with every new id added, and the orders carried out. */
export function publish(
  register: Published,
  meanings: readonly Meaning[],
  digest: Digest,
  orders: PublishOrders,
): Publication {
  const published = new Map(Object.entries(register.published));
  const retired = new Map(Object.entries(register.retired));
  const said = new Map(meanings.map((meaning) => [meaning.id, digestOf(meaning, digest)]));
  const reworded = new Set(orders.reworded);
  const retiring = new Set(orders.retire);
  const added: string[] = [];
  const refused: string[] = [];
  for (const finding of checkPublished(register, meanings, digest)) {
    const { id, trouble } = finding;
    const now = said.get(id);
    const before = published.get(id);
    if (trouble === "unpublished" && now !== undefined) {
      published.set(id, now);
      added.push(id);
    } else if (trouble === "changed" && now !== undefined && reworded.delete(id)) {
      published.set(id, now);
    } else if (trouble === "gone" && before !== undefined && retiring.delete(id)) {
      published.delete(id);
      retired.set(id, before);
    } else {
      refused.push(publishedReason(finding));
    }
  }
  for (const id of reworded)
    refused.push(`${id} cannot be reworded: it is as it was published, or never was`);
  for (const id of retiring)
    refused.push(`${id} cannot be retired: it is still in a pack, or was never published`);
  return {
    register: { schema: 1, published: sorted(published), retired: sorted(retired) },
    added,
    refused,
  };
}

const sorted = (entries: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
