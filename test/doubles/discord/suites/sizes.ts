import { describe, expect, it } from "vitest";
import { checkCommand, checkCommands } from "#test/doubles/discord/command-rules";
import { type Json, type RuleName, rules } from "#test/doubles/discord/form";
import { checkMessage } from "#test/doubles/discord/message-rules";
import { checkModal, checkSuggestions } from "#test/doubles/discord/modal-rules";
import { openapiJudge } from "#test/doubles/discord/openapi";
import type { Violation } from "#test/doubles/discord/violation";

type Check = (size: number) => readonly Violation[];

const text = (size: number) => "x".repeat(size);
const times = <Made>(count: number, make: (at: number) => Made): Made[] =>
  Array.from({ length: count }, (_, at) => make(at));

const posted = (body: Json) => checkMessage(body, "post");
const embed = (part: Json) => posted({ embeds: [{ title: "t", ...part }] });
const button = (part: Json) => ({ type: 2, style: 1, label: "press", custom_id: "a", ...part });
const row = (...components: readonly Json[]) => ({ type: 1, components });
const select = (part: Json) => ({
  type: 3,
  custom_id: "menu",
  options: [{ label: "one", value: "1" }],
  ...part,
});
const option = (part: Json) =>
  posted({ components: [row(select({ options: [{ label: "one", value: "1", ...part }] }))] });
const input = (part: Json) => ({ type: 4, style: 2, custom_id: "text", label: "Answer", ...part });
const modal = (part: Json) =>
  checkModal({ title: "Form", custom_id: "form", components: [row(input({}))], ...part });
const label = (part: Json) =>
  modal({
    components: [{ type: 18, label: "Answer", component: { type: 4, style: 2, custom_id: "text" }, ...part }],
  });
const command = (part: Json) => checkCommand({ name: "vram", description: "d", ...part });
const commandOption = (part: Json) =>
  command({ options: [{ type: 3, name: "model", description: "d", ...part }] });

/** One body for every row of the table whose size is an argument; the largest passes, one more does not. */
const bodies: Readonly<Partial<Record<RuleName, Check>>> = {
  content: (size) => posted({ content: text(size) }),
  embeds: (size) => posted({ embeds: times(size, () => ({ title: "t" })) }),
  embedTitle: (size) => embed({ title: text(size) }),
  embedDescription: (size) => embed({ description: text(size) }),
  embedFields: (size) => embed({ fields: times(size, () => ({ name: "n", value: "v" })) }),
  embedFieldName: (size) => embed({ fields: [{ name: text(size), value: "v" }] }),
  embedFieldValue: (size) => embed({ fields: [{ name: "n", value: text(size) }] }),
  embedFooter: (size) => embed({ footer: { text: text(size) } }),
  embedAuthor: (size) => embed({ author: { name: text(size) } }),
  embedTotal: (size) =>
    posted({
      embeds: [{ description: text(4000) }, { description: text(1000) }, { description: text(size - 5000) }],
    }),
  attachments: (size) =>
    checkMessage(
      {},
      "post",
      times(size, (at) => ({ name: `${at}.png`, size: 1 })),
    ),
  attachmentBytes: (size) => checkMessage({}, "post", [{ name: "log.txt", size }]),
  attachmentDescription: (size) => posted({ attachments: [{ id: 0, description: text(size) }] }),
  nonce: (size) => posted({ content: "x", nonce: text(size) }),
  allowedMentionIds: (size) => posted({ content: "x", allowed_mentions: { users: times(size, String) } }),
  messageRows: (size) => posted({ components: times(size, (at) => row(button({ custom_id: `${at}` }))) }),
  components: (size) =>
    posted({ flags: 32_768, components: times(size, () => ({ type: 10, content: "x" })) }),
  displayText: (size) => posted({ flags: 32_768, components: [{ type: 10, content: text(size) }] }),
  rowButtons: (size) => posted({ components: [row(...times(size, (at) => button({ custom_id: `${at}` })))] }),
  customId: (size) => posted({ components: [row(button({ custom_id: text(size) }))] }),
  buttonLabel: (size) => posted({ components: [row(button({ label: text(size) }))] }),
  buttonUrl: (size) =>
    posted({
      components: [
        row({ type: 2, style: 5, label: "go", url: "https://a.b/".padEnd(size, "x").slice(0, size) }),
      ],
    }),
  selectOptions: (size) =>
    posted({ components: [row(select({ options: times(size, (at) => ({ label: "o", value: `${at}` })) }))] }),
  selectOption: (size) => option({ label: text(size), value: text(size), description: text(size) }),
  placeholder: (size) => posted({ components: [row(select({ placeholder: text(size) }))] }),
  modalTitle: (size) => modal({ title: text(size) }),
  modalRows: (size) => modal({ components: times(size, (at) => row(input({ custom_id: `${at}` }))) }),
  inputLabel: (size) => [
    ...modal({ components: [row(input({ label: text(size) }))] }),
    ...label({ label: text(size) }),
  ],
  labelDescription: (size) => label({ description: text(size) }),
  inputPlaceholder: (size) => modal({ components: [row(input({ placeholder: text(size) }))] }),
  inputLength: (size) => modal({ components: [row(input({ max_length: size }))] }),
  chatCommands: (size) => checkCommands(times(size, (at) => ({ name: `c${at}`, description: "d" }))),
  contextCommands: (size) => checkCommands(times(size, (at) => ({ type: 3, name: `Do ${at}` }))),
  commandName: (size) => [
    ...command({ name: text(size) }),
    ...command({ name_localizations: { "zh-CN": "显".repeat(size) } }),
    ...commandOption({ name: text(size) }),
  ],
  commandDescription: (size) => [
    ...command({ description: text(size) }),
    ...command({ description_localizations: { "zh-TW": "顯".repeat(size) } }),
    ...commandOption({ description: text(size) }),
  ],
  commandOptions: (size) =>
    command({ options: times(size, (at) => ({ type: 3, name: `o${at}`, description: "d" })) }),
  optionChoices: (size) => [
    ...commandOption({ choices: times(size, (at) => ({ name: `c${at}`, value: "v" })) }),
    ...checkSuggestions({ choices: times(size, (at) => ({ name: `c${at}`, value: "v" })) }, 3),
  ],
  choiceName: (size) => [
    ...commandOption({ choices: [{ name: text(size), value: "v" }] }),
    ...commandOption({
      choices: [{ name: "n", value: "v", name_localizations: { "zh-CN": "选".repeat(size) } }],
    }),
    ...checkSuggestions({ choices: [{ name: text(size), value: "v" }] }, 3),
  ],
  choiceValue: (size) => [
    ...commandOption({ choices: [{ name: "n", value: text(size) }] }),
    ...checkSuggestions({ choices: [{ name: "n", value: text(size) }] }, 3),
  ],
  commandText: (size) => {
    const each = { type: 3, name: "o".repeat(30), description: text(100) };
    const full = times(25, (at) => ({ ...each, name: `${each.name}${String.fromCharCode(97 + at)}` }));
    // 25 options of 131 characters, then choices up to the size: a name of 4 and a description of 1 for the command.
    const choices = times(25, (at) => ({ name: text(90) + String.fromCharCode(97 + at), value: text(90) }));
    const left = size - 5 - 25 * 131 - 25 * 181;
    const [first, ...others] = full;
    return command({
      options: [
        { ...first, choices },
        { ...others[0], choices: [{ name: text(100), value: text(left - 100) }] },
        ...others.slice(1),
      ],
    });
  },
  stringOptionLength: (size) => commandOption({ max_length: size }),
};

/** Rows that need a server, or a clock: they stand in the other files. */
const elsewhere: readonly RuleName[] = [
  "requestBytes",
  "threadName",
  "firstResponseMs",
  "tokenMs",
  "localisations",
];

describe("the strict front's sizes", () => {
  it("have a body for every row of the table", () => {
    expect([...Object.keys(bodies), ...elsewhere].toSorted()).toEqual(Object.keys(rules).toSorted());
  });

  it.each(Object.entries(bodies))("take %s at its limit and refuse one more", (name, check) => {
    const { max } = rules[name as RuleName];
    expect(check?.(max)).toEqual([]);
    expect(check?.(max + 1)).not.toEqual([]);
  });

  it.each(Object.entries(bodies).filter(([name]) => (rules[name as RuleName].min ?? 0) > 0))(
    "refuse %s below its least",
    (name, check) => {
      expect(check?.((rules[name as RuleName].min ?? 0) - 1)).not.toEqual([]);
    },
  );
});

const judge = openapiJudge();
const judgeMessage = (body: Json) => judge("POST", "/channels/1/messages", body);

describe("Discord's own description", () => {
  it("takes what the front takes, and refuses what lies far outside", () => {
    expect(
      judgeMessage({ content: text(2000), embeds: [{ title: "t" }], components: [row(button({}))] }),
    ).toEqual([]);
    expect(judgeMessage({ content: text(4001) })).not.toEqual([]);
    expect(judgeMessage({ embeds: times(11, () => ({ title: "t" })) })).not.toEqual([]);
    expect(
      judge("POST", "/interactions/1/t/callback", {
        type: 9,
        data: { title: "t", custom_id: "c", components: [row(input({ label: text(46) }))] },
      }),
    ).not.toEqual([]);
    expect(judge("PUT", "/applications/1/commands", [{ name: "vram", description: text(101) }])).not.toEqual(
      [],
    );
    const choices = times(26, (at) => ({ name: `${at}`, value: "v" }));
    expect(
      judge("PUT", "/applications/1/commands", [
        { name: "vram", description: "d", options: [{ type: 3, name: "m", description: "d", choices }] },
      ]),
    ).not.toEqual([]);
  });

  it("takes permissions as decimal digits, which the documentation asks for", () => {
    const register = (permissions: unknown) =>
      judge("PUT", "/applications/1/commands", [
        { name: "settings", description: "d", default_member_permissions: permissions },
      ]);
    expect(register("32")).toEqual([]);
    expect(register("manage")).not.toEqual([]);
  });

  it("says where the body is wrong", () => {
    expect(judgeMessage({ embeds: [{ title: text(257) }] })).toContainEqual(
      expect.objectContaining({ path: "embeds.0.title", code: "BASE_TYPE_MAX_LENGTH" }),
    );
  });
});
