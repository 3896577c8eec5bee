import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ContentFaults } from "#src/content/fault";
import { loadLibrary } from "#src/content/library";
import { ContentFolder } from "#test/content/folder";

const QUESTION = "sample/warm-up.json";
const RUBRIC = "sample/warm-up.rubric.json";
const PACK = "sample/pack.json";

describe("content without a fault", () => {
  it("gives the reviewed questions to the schedule, and drafts only to those who ask for them by id", () => {
    const library = loadLibrary(new ContentFolder().dir);
    expect(library.questions.map(({ id }) => id)).toEqual(["warm-up"]);
    expect(library.question("decay")?.status).toBe("draft");
    expect(library.question("unheard-of")).toBeUndefined();
  });

  it("reads nothing of a pack that is a draft for the running bot, and all of it for its authors", () => {
    const folder = new ContentFolder();
    folder.replace(PACK, '"schema": 1,', '"schema": 1, "draft": true,');
    folder.remove("published.json");
    expect(loadLibrary(folder.dir).questions.map(({ id }) => id)).toEqual(["warm-up"]);
    folder.write(RUBRIC, "no JSON");
    expect(loadLibrary(folder.dir, { drafts: false }).questions).toEqual([]);
    expect(folder.complaints()).toHaveLength(1);
  });

  it("compiles a question's rules once, with its weights", () => {
    const library = loadLibrary(new ContentFolder().dir);
    const rubric = library.rubric("warm-up");
    expect(rubric?.points.map(({ id, weight }) => [id, weight])).toEqual([
      ["warm-up-early", 2],
      ["warm-up-adam", 1],
    ]);
    expect(library.rubric("warm-up")).toBe(rubric);
    expect(library.rubric("decay")).toBeUndefined();
    expect(library.rubric("unheard-of")).toBeUndefined();
  });

  it("knows the document that a key point comes from", () => {
    const library = loadLibrary(new ContentFolder().dir);
    expect(library.document("notes")?.title).toBe("Training notes");
    expect(library.document("unheard-of")).toBeUndefined();
  });

  it("may be a single pack somewhere else, which has no register and no glossary of its own", () => {
    const folder = new ContentFolder();
    folder.replace(RUBRIC, '"claims": ["learning-rate:up"]', '"phrases": { "zh": ["发散"] }');
    expect(loadLibrary(folder.path("sample")).questions.map(({ id }) => id)).toEqual(["warm-up"]);
  });

  it("may begin with a byte order mark, have hidden files and other folders", () => {
    const folder = new ContentFolder();
    folder.write(QUESTION, `\uFEFF${folder.read(QUESTION)}`);
    folder.write("sample/.warm-up.json.swp", "half a file");
    folder.write("sample/NOTES.md", "# Notes");
    mkdirSync(folder.path("pictures"));
    folder.write("pictures/index.json", "[]");
    expect(folder.complaints()).toEqual([]);
  });
});

describe("a fault in a content file", () => {
  it("says on which line the JSON breaks and why", () => {
    const folder = new ContentFolder();
    folder.replace(QUESTION, '"topic": "training",', '"topic": "training"');
    expect(folder.complaints()).toContain(`${QUESTION}:6:3 not valid JSON: a comma is missing before this`);
  });

  it.each([
    ['"difficulty": 1,', '"difficulty": 01,', 6],
    ['"difficulty": 1,', '"difficulty": 1, // easy', 6],
    ['"difficulty": 1,', '"difficulty": 1,,', 6],
    ['"difficulty": 1,', "difficulty: 1,", 6],
    ['"difficulty": 1,', '"difficulty" 1,', 6],
    ['"difficulty": 1,', '"difficulty": one,', 6],
    ['"difficulty": 1,', '"difficulty": 1.,', 6],
    ['"topic": "training"', '"topic": "train\\ing"', 5],
    ['"topic": "training"', '"topic": "train\\u12"', 5],
    ['"topic": "training"', '"topic": "train\ting"', 5],
    ['"topic": "training"', '"topic": "training', 5],
    ['"topic": "training"', "\"topic\": 'training'", 5],
  ])("finds the line where %j became %j", (search, replacement, line) => {
    const folder = new ContentFolder();
    folder.replace(QUESTION, search, replacement);
    const [first] = folder.faults();
    expect(first).toMatchObject({ file: QUESTION, line });
    expect(first?.reason).toMatch(/^not valid JSON: [^A-Z]|^not valid JSON: JSON /);
  });

  it("names an unknown key where it stands, beside the key it was meant to be", () => {
    const folder = new ContentFolder();
    folder.replace(QUESTION, '"weight": 2', '"wieght": 2');
    expect(folder.complaints()).toEqual([
      `${QUESTION}:12:5 points[0].weight is missing`,
      `${QUESTION}:19:7 the key "wieght" is not known here`,
    ]);
  });

  it("names the language of a missing or empty translation", () => {
    const folder = new ContentFolder();
    folder.replace(QUESTION, ', "en": "What is special about the first updates?"', "");
    folder.replace(QUESTION, '"zh": "想想第一步。"', '"zh": " "');
    expect(folder.complaints()).toEqual([
      `${QUESTION}:20:15 the English text of points[0].hint is missing`,
      `${QUESTION}:37:13 the Chinese text of hints[0] is empty`,
    ]);
  });

  it("says what a value has to be", () => {
    const folder = new ContentFolder();
    folder.replace(QUESTION, '"weight": 2', '"weight": "2"');
    folder.replace(QUESTION, '"status": "reviewed"', '"status": "finished"');
    folder.replace(QUESTION, '"id": "warm-up-adam"', '"id": "Warm up"');
    const [status, weight, id] = folder.complaints();
    expect(status).toMatch(`${QUESTION}:4:13 status: expected one of "draft"|"reviewed"`);
    expect(weight).toMatch(`${QUESTION}:19:17 points[0].weight: expected number, received string`);
    expect(id).toMatch(`${QUESTION}:24:13 points[1].id: an id is lower-case words joined by hyphens`);
  });

  it("counts columns in Chinese text as editors do", () => {
    const folder = new ContentFolder();
    folder.replace(
      QUESTION,
      '{ "zh": "起步不稳", "en": "Early steps are unstable" }',
      '{ "zh": "起步不稳", "en": 1 }',
    );
    expect(folder.complaints()).toEqual([
      `${QUESTION}:14:38 points[0].title.en: expected string, received number`,
    ]);
  });

  it("is told from every file at once", () => {
    const folder = new ContentFolder();
    folder.write(PACK, "{");
    folder.replace(QUESTION, '"difficulty": 1', '"difficulty": 4');
    folder.replace("sample/decay.json", '"topic": "training",', "");
    folder.write(RUBRIC, "[]");
    folder.write("glossary/words.json", "");
    folder.write("published.json", "null");
    expect(new Set(folder.faults().map(({ file }) => file))).toEqual(
      new Set([PACK, QUESTION, "sample/decay.json", RUBRIC, "glossary/words.json", "published.json"]),
    );
  });

  it("reads in the operator's log as file, line, column and reason", () => {
    const folder = new ContentFolder();
    folder.replace(QUESTION, '"difficulty": 1,', "");
    expect(() => loadLibrary(folder.dir)).toThrow(
      new ContentFaults([
        { file: folder.path(QUESTION), line: 1, column: 1, reason: "difficulty is missing" },
      ]),
    );
    expect(() => loadLibrary(folder.dir)).toThrow(`${folder.path(QUESTION)}:1:1  difficulty is missing`);
  });

  it("stops listing after a hundred in one file", () => {
    const folder = new ContentFolder();
    const keys = Array.from({ length: 150 }, (_, place) => `"extra${place}": 1,`).join("\n");
    folder.replace(QUESTION, '"schema": 1,', `"schema": 1, ${keys}`);
    const complaints = folder.complaints();
    expect(complaints).toHaveLength(101);
    expect(complaints.at(-1)).toBe(`${QUESTION}:1:1 and 50 more faults in this file`);
  });
});

describe("files that do not fit together", () => {
  it("are told apart by the id that two of them claim", () => {
    const folder = new ContentFolder();
    folder.replace("sample/decay.json", '"id": "decay-settle"', '"id": "warm-up-adam"');
    expect(folder.complaints()).toEqual([
      `sample/decay.json:10:13 the id warm-up-adam is already taken in ${folder.path(QUESTION)}`,
    ]);
  });

  it("may lie in two packs", () => {
    const folder = new ContentFolder();
    mkdirSync(folder.path("zebra"));
    folder.write("zebra/pack.json", folder.read(PACK).replace(', "decay"', ""));
    for (const name of ["warm-up.json", "warm-up.rubric.json"]) {
      folder.write(`zebra/${name}`, folder.read(`sample/${name}`));
    }
    expect(folder.complaints()).toEqual([
      `zebra/pack.json:3:9 the id sample is already taken in ${folder.path(PACK)}`,
      `zebra/pack.json:7:13 the id notes is already taken in ${folder.path(PACK)}`,
      `zebra/warm-up.json:3:9 the id warm-up is already taken in ${folder.path(QUESTION)}`,
      `zebra/warm-up.json:13:13 the id warm-up-early is already taken in ${folder.path(QUESTION)}`,
      `zebra/warm-up.json:24:13 the id warm-up-adam is already taken in ${folder.path(QUESTION)}`,
    ]);
  });

  it("are missed where pack.json lists them", () => {
    const folder = new ContentFolder();
    folder.remove("sample/decay.json");
    expect(folder.complaints()).toEqual([`${PACK}:13:28 there is no file decay.json beside this one`]);
  });

  it("are noticed where pack.json does not list them, or lists them twice", () => {
    const folder = new ContentFolder();
    folder.replace(PACK, '"warm-up", "decay"', '"warm-up", "warm-up"');
    expect(folder.complaints()).toEqual([
      `${PACK}:13:28 warm-up is listed twice`,
      "sample/decay.json:1:1 pack.json does not list this question",
    ]);
  });

  it("are noticed where a pack lost its pack.json", () => {
    const folder = new ContentFolder();
    folder.remove(PACK);
    expect(folder.complaints()).toEqual([`${PACK}:1:1 there is no such file or folder`]);
  });

  it("carry the same id inside as outside", () => {
    const folder = new ContentFolder();
    folder.replace("sample/decay.json", '"id": "decay"', '"id": "decline"');
    expect(folder.complaints()).toEqual([
      "sample/decay.json:3:9 the id is decline, the file is named decay.json",
    ]);
  });

  it("draw only from documents of their pack", () => {
    const folder = new ContentFolder();
    folder.replace(QUESTION, '"document": "notes"', '"document": "hearsay"');
    expect(folder.complaints()).toEqual([`${QUESTION}:21:31 pack.json lists no document hearsay`]);
  });
});

describe("the rules of a question", () => {
  it("are missed beside a reviewed question, and not yet beside a draft", () => {
    const folder = new ContentFolder();
    folder.remove(RUBRIC);
    expect(folder.complaints()).toEqual([
      `${QUESTION}:3:9 there is no warm-up.rubric.json beside this file: nobody could grade an answer`,
    ]);
  });

  it("cover exactly the points of the question", () => {
    const folder = new ContentFolder();
    folder.replace(RUBRIC, '"id": "warm-up-adam"', '"id": "warm-up-late"');
    expect(folder.complaints()).toEqual([
      `${RUBRIC}:14:13 ${folder.path(QUESTION)} has no point warm-up-late`,
      `${QUESTION}:24:13 ${folder.path(RUBRIC)} has no rules for warm-up-adam`,
    ]);
    folder.replace(RUBRIC, '"id": "warm-up-late"', '"id": "warm-up-early"');
    expect(folder.complaints()).toContain(`${RUBRIC}:14:13 warm-up-early stands here twice`);
  });

  it("are for the question whose name their file has", () => {
    const folder = new ContentFolder();
    folder.replace(RUBRIC, '"id": "warm-up"', '"id": "decay"');
    expect(folder.complaints()).toEqual([`${RUBRIC}:3:9 these rules are for decay, not for warm-up`]);
  });

  it("speak only of what the glossary explains", () => {
    const folder = new ContentFolder();
    folder.replace(RUBRIC, "learning-rate:up", "learning-speed:up");
    expect(folder.complaints()).toEqual([
      `${RUBRIC}:10:18 the rule "learning-speed:up" names "learning-speed", which no glossary file explains`,
    ]);
  });
});
