import { z } from "zod";
import { verdictRows } from "#core/feedback/verdict-rows";
import { messagesFor } from "#core/messages/index";
import { nearest } from "#core/nearest";
import type { Library } from "#core/pack/library";
import type { Question } from "#core/pack/question";
import { Refusal } from "#core/refusal";
import { privateReply } from "#core/reply";
import { explainGrading } from "#core/scoring/explanation";
import type { GradeResult } from "#core/scoring/grader";
import { createLocalGrader } from "#core/scoring/local-grader";
import type { CompiledRubric } from "#core/scoring/rubric";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { shown } from "./shown.ts";
import type { Call, Fields, Verb, VerbEntry } from "./verb.ts";

const lineSchema = z.object({ question: z.string(), text: z.string() });

function questionIn(library: Library, id: string): Question {
  const question = library.question(id);
  if (question !== undefined) return question;
  const known = library.questions.map((candidate) => candidate.id);
  throw new Refusal((say) => say.cli.noSuchQuestion(id.slice(0, 60), nearest(id, known), known));
}

const fieldsOf = (result: GradeResult): Fields => ({
  score: result.score,
  points: result.points.map(({ id, verdict, evidence }) => ({ id, verdict, evidence })),
  flags: result.flags,
  grader: `${result.grader.id}/${result.grader.version}`,
});

class GradeVerb implements Verb {
  readonly #call: Call;
  readonly #library: Library;
  readonly #grader = createLocalGrader();

  constructor(call: Call) {
    this.#call = call;
    this.#library = loadLibrary(call.pack ?? SHIPPED_CONTENT);
  }

  #rulesFor(id: string): { question: Question; rubric: CompiledRubric } {
    const question = questionIn(this.#library, id);
    const rubric = this.#library.rubric(question.id);
    if (rubric === undefined) throw new Refusal((say) => say.cli.noRubric(question.id));
    return { question, rubric };
  }

  async #grade(id: string, text: string): Promise<{ question: Question; result: GradeResult }> {
    const { question, rubric } = this.#rulesFor(id);
    return { question, result: await this.#grader.grade({ answer: text, rubric }) };
  }

  async answerLine(line: unknown): Promise<Fields> {
    const { question, text } = lineSchema.parse(line);
    return fieldsOf((await this.#grade(question, text)).result);
  }

  async answerText(text: string): Promise<Fields> {
    return fieldsOf((await this.#grade(this.#call.question ?? "", text)).result);
  }

  async show(text: string): Promise<string> {
    const { locale, explain } = this.#call;
    if (explain) return explainGrading(text, this.#rulesFor(this.#call.question ?? "").rubric);
    const say = messagesFor(locale).quiz;
    const { question, result } = await this.#grade(this.#call.question ?? "", text);
    const notes = result.flags.flatMap((flag) => say.flag(flag) ?? []);
    return shown(
      privateReply(
        { kind: "heading", text: say.score(result.score) },
        ...notes.map((note) => ({ kind: "note", text: note }) as const),
        { kind: "verdicts", rows: verdictRows(question, result, "everything", locale, this.#library) },
      ),
      locale,
    );
  }
}

export const grade: VerbEntry = {
  usage: "rehearsal grade --question ID [--pack DIR] [--json | --jsonl | --explain] < answer.txt",
  readsInput: () => true,
  misuse: (call, lines) => {
    if (call.words !== "")
      return `grade takes the answer on standard input, not as “${call.words.slice(0, 40)}”`;
    return lines || call.question !== undefined
      ? null
      : "grade needs --question ID, for example --question q5-oom";
  },
  prepare: async (call) => new GradeVerb(call),
};
