import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyAnswer, grade, hits, sentencesOf, verdicts, worth } from "./pool.ts";
import { questions } from "./rubrics.ts";

/** Sentences about everyday things; those in which a word has a second, technical meaning are another matter. */
const aside = fc.constantFrom(
  "今天天气不错。",
  "周末去爬山。",
  "他喜欢喝咖啡。",
  "我弟弟在学校学钢琴。",
  "Thanks for the question!",
  "I had noodles for lunch.",
  "My cat sleeps on the keyboard.",
  "The fashion show was on the runway.",
);

/** Puts a sentence before, between or behind the others, on a line of its own. */
const insert = (sentences: readonly string[], other: string, at: number): string => {
  const place = at % (sentences.length + 1);
  return [...sentences.slice(0, place), other, ...sentences.slice(place)].join("\n");
};

describe("A sentence among others", () => {
  it("that is about something else never raises the score, wherever it stands", () => {
    fc.assert(
      fc.property(anyAnswer, aside, fc.nat(), ({ text, question }, other, at) => {
        const sentences = sentencesOf(text);
        const longer = insert(sentences, other, at);
        expect(grade(longer, question).score, longer).toBeLessThanOrEqual(
          grade(sentences.join("\n"), question).score,
        );
      }),
    );
  });

  it("that is said again never raises the score, wherever it is said again", () => {
    fc.assert(
      fc.property(anyAnswer, fc.nat(), fc.nat(), ({ text, question }, which, at) => {
        const sentences = sentencesOf(text);
        const longer = insert(sentences, sentences[which % sentences.length] ?? "", at);
        expect(grade(longer, question).score, longer).toBeLessThanOrEqual(
          grade(sentences.join("\n"), question).score,
        );
      }),
    );
  });

  it("that is right and comes last lowers no point", () => {
    fc.assert(
      fc.property(anyAnswer, fc.nat(), ({ text, question }, which) => {
        const own = hits.filter((hit) => hit.question === question);
        const added = own[which % own.length];
        const longer = grade(`${text}\n${added?.text}`, question).points;
        for (const [at, before] of grade(text, question).points.entries()) {
          const after = longer[at]?.verdict ?? "miss";
          expect(worth[after], `${before.id} after “${added?.text}”`).toBeGreaterThanOrEqual(
            worth[before.verdict],
          );
        }
      }),
    );
  });

  it("says the same in any order, where each stands for itself", () => {
    const several = fc.constantFrom(...questions).chain(({ id }) =>
      fc
        .subarray([...new Set(hits.filter((hit) => hit.question === id).map(({ text }) => text))], {
          minLength: 2,
          maxLength: 5,
        })
        .chain((said) =>
          fc.record({
            question: fc.constant(id),
            said: fc.constant(said),
            shuffled: fc.shuffledSubarray(said, { minLength: said.length }),
          }),
        ),
    );
    const paragraph = (said: readonly string[]) => said.map((one) => `${one}。`).join("\n");
    fc.assert(
      fc.property(several, ({ question, said, shuffled }) => {
        expect(verdicts(paragraph(shuffled), question)).toEqual(verdicts(paragraph(said), question));
      }),
    );
  });
});

describe("The question before the answer", () => {
  it("changes no verdict, in either language or both, on a line of its own", () => {
    fc.assert(
      fc.property(anyAnswer, fc.constantFrom("zh", "en", "both"), ({ text, question }, locale) => {
        const asked = questions.find(({ id }) => id === question)?.text;
        const copied = locale === "both" ? `${asked?.zh}\n${asked?.en}` : asked?.[locale as "zh" | "en"];
        expect(verdicts(`${copied}\n${text}`, question)).toEqual(verdicts(text, question));
      }),
    );
  });
});
