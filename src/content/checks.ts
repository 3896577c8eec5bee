import { hash } from "node:crypto";
import {
  checkPublished,
  type Digest,
  type Meaning,
  meaningsOf,
  type Published,
  publishedReason,
} from "#core/pack/published";
import { parseRule } from "#core/scoring/rule";
import { type ContentFault, faultAt, type JsonPath, type SourceText } from "./fault.ts";
import type { ContentFile } from "./file.ts";
import type { PackFiles, QuestionFiles } from "./packs.ts";

/** Every id names one thing, in all packs together; every source is a document of its pack, every topic one of its topics. */
export function checkIds(packs: readonly PackFiles[], faults: ContentFault[]): void {
  const claimIds = () => {
    const taken = new Map<string, string>();
    return (source: SourceText, path: JsonPath, id: string) => {
      const before = taken.get(id);
      if (before === undefined) taken.set(id, source.file);
      else faults.push(faultAt(source, path, `the id ${id} is already taken in ${before}`));
    };
  };
  const claimPack = claimIds();
  const claimDocument = claimIds();
  const claim = claimIds();
  for (const { pack, questions } of packs) {
    claimPack(pack, ["id"], pack.value.id);
    for (const [place, { id }] of pack.value.documents.entries()) {
      claimDocument(pack, ["documents", place, "id"], id);
    }
    const documents = new Set(pack.value.documents.map(({ id }) => id));
    for (const { question } of questions) {
      claim(question, ["id"], question.value.id);
      if (!Object.hasOwn(pack.value.topics, question.value.topic)) {
        faults.push(faultAt(question, ["topic"], `pack.json lists no topic ${question.value.topic}`));
      }
      for (const [place, { id, source }] of question.value.points.entries()) {
        claim(question, ["points", place, "id"], id);
        if (documents.has(source.document)) continue;
        const path = ["points", place, "source", "document"];
        faults.push(faultAt(question, path, `pack.json lists no document ${source.document}`));
      }
    }
  }
}

/**
 * A question and its rubric name the same points, and every rule can be read.
 *
 * @param concepts ids that the glossary explains, each with any number
 */
export function checkRubric(
  { question, rubric }: QuestionFiles,
  concepts: ReadonlyMap<string, number>,
  faults: ContentFault[],
): void {
  if (!rubric) return;
  if (rubric.value.id !== question.value.id) {
    faults.push(
      faultAt(rubric, ["id"], `these rules are for ${rubric.value.id}, not for ${question.value.id}`),
    );
  }
  const ruled = new Set<string>();
  const asked = new Set(question.value.points.map(({ id }) => id));
  for (const [place, { id }] of rubric.value.points.entries()) {
    const path = ["points", place, "id"];
    if (!asked.has(id)) faults.push(faultAt(rubric, path, `${question.file} has no point ${id}`));
    if (ruled.has(id)) faults.push(faultAt(rubric, path, `${id} stands here twice`));
    ruled.add(id);
  }
  for (const [place, { id }] of question.value.points.entries()) {
    if (!ruled.has(id)) {
      faults.push(faultAt(question, ["points", place, "id"], `${rubric.file} has no rules for ${id}`));
    }
  }
  checkRules(rubric, concepts, faults);
}

function checkRules(
  rubric: NonNullable<QuestionFiles["rubric"]>,
  concepts: ReadonlyMap<string, number>,
  faults: ContentFault[],
): void {
  const check = (rules: readonly string[], path: JsonPath) => {
    for (const [place, rule] of rules.entries()) {
      try {
        parseRule(rule, concepts);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        faults.push(faultAt(rubric, [...path, place], reason));
      }
    }
  };
  for (const [place, subject] of rubric.value.subjects.entries()) {
    if (!concepts.has(subject)) {
      faults.push(faultAt(rubric, ["subjects", place], `no glossary file explains ${subject}`));
    }
  }
  for (const [place, point] of rubric.value.points.entries()) {
    const path = ["points", place];
    check(point.claims, [...path, "claims"]);
    check(point.partialBy, [...path, "partialBy"]);
    check(point.contradicts, [...path, "contradicts"]);
    for (const [side, rules] of point.sides?.entries() ?? []) check(rules, [...path, "sides", side]);
  }
}

export const sha256: Digest = (text) => hash("sha256", text, "hex");

/** What every id in the packs stands for; where two claim the same id, the first. */
export function meaningsIn(packs: readonly PackFiles[]): readonly Meaning[] {
  const meanings = new Map<string, Meaning>();
  for (const { question } of packs.flatMap(({ questions }) => questions)) {
    for (const meaning of meaningsOf(question.value)) {
      if (!meanings.has(meaning.id)) meanings.set(meaning.id, meaning);
    }
  }
  return [...meanings.values()];
}

/** Ids keep their meaning: the packs agree with the register of what was published. */
export function checkRegister(
  packs: readonly PackFiles[],
  register: ContentFile<Published>,
  faults: ContentFault[],
): void {
  const places = new Map<string, { source: SourceText; path: JsonPath }>();
  const remember = (id: string, source: SourceText, path: JsonPath) => {
    if (!places.has(id)) places.set(id, { source, path });
  };
  for (const { question } of packs.flatMap(({ questions }) => questions)) {
    remember(question.value.id, question, ["id"]);
    for (const [place, { id }] of question.value.points.entries()) {
      remember(id, question, ["points", place, "id"]);
    }
  }
  // A question that could not be read is not gone.
  const allRead = faults.length === 0;
  for (const finding of checkPublished(register.value, meaningsIn(packs), sha256)) {
    const place = places.get(finding.id);
    const reason = publishedReason(finding);
    if (place) faults.push(faultAt(place.source, place.path, reason));
    else if (allRead) faults.push(faultAt(register, ["published", finding.id], reason, "key"));
  }
}
