import { NotDone, readDraft, readDraftPacks, send } from "./api.ts";
import { sendDocument } from "./document-file.ts";
import { find, make, speak, write } from "./dom.ts";
import { choose, language, locale } from "./locale.ts";
import { notice, withdraw } from "./notices.ts";
import { type Action, drawReply } from "./render.ts";
import { drawDraft } from "./review-draft.ts";
import { type Act, drawPacks } from "./review-packs.ts";
import type { WireDraft, WirePacks } from "./review-wire.ts";
import { words } from "./review-words.ts";
import { showThemes } from "./switches.ts";
import { countDoubleClicksOnce, inTurn } from "./turns.ts";
import type { RequestAnswer, WireReply } from "./wire.ts";

let packs: WirePacks = { packs: [], suggested: 0, build: "" };
let draft: WireDraft | null = null;

/** The question that the address names. */
const named = (): string => decodeURIComponent(location.hash.slice(1));

function fail(error: unknown): void {
  if (!(error instanceof NotDone)) throw error;
  notice("remark", error.message);
}

const firstText = ({ blocks }: WireReply): string =>
  blocks.flatMap((block) => (block.kind === "text" ? [block.text] : []))[0] ?? "";

/** A file of a reply goes to the editor's disk at once: they pressed for nothing else. */
function saveFiles({ blocks }: WireReply): void {
  for (const block of blocks) {
    if (block.kind !== "file") continue;
    const url = URL.createObjectURL(new Blob([block.content], { type: "application/json" }));
    make("a", { href: url, download: block.name }).click();
    URL.revokeObjectURL(url);
  }
}

/** Shows what came of something that concerns a whole pack; forms and buttons of it are on the page anyway. */
function showSaid(reply: WireReply): void {
  saveFiles(reply);
  const blocks = reply.blocks.filter(({ kind }) => ["text", "note", "list"].includes(kind));
  find("#said", HTMLElement).replaceChildren(drawReply({ ...reply, blocks }, () => {}));
  speak(firstText(reply));
}

/** Where the keyboard is, so that it is there again when the question is drawn anew. */
const place = (): string | null =>
  document.activeElement?.closest("[data-place]")?.getAttribute("data-place") ?? null;

function focusAt(wanted: string | null): void {
  if (wanted === null) return;
  document.querySelector<HTMLElement>(`[data-place="${CSS.escape(wanted)}"]`)?.focus();
}

function redraw(focus: string | null): void {
  drawPacks(packs, draft?.id ?? null, { act, open });
  drawDraft(draft, packs, { operate, tryAnswer, act, open });
  focusAt(focus);
}

async function refresh(focus: string | null): Promise<void> {
  const id = named();
  packs = await readDraftPacks();
  draft = id === "" ? null : await readDraft(id);
  redraw(focus);
  document.body.dataset.settled = "yes";
}

const load = (focus: string | null = null): Promise<unknown> =>
  inTurn(null, () => refresh(focus).catch(fail));

function open(id: string): void {
  location.hash = encodeURIComponent(id);
}

function heard({ reply }: RequestAnswer): boolean {
  withdraw("remark");
  if (reply.isRefusal === true) notice("remark", firstText(reply));
  return reply.isRefusal !== true;
}

/** Something that concerns a pack, or all of them. */
const act: Act = (options) => {
  const task = async (): Promise<void> => {
    const answer = await send("content", { kind: "typed", options });
    if (heard(answer)) showSaid(answer.reply);
    await refresh(place());
  };
  void inTurn(JSON.stringify(options), () => task().catch(fail));
};

/** An operation on the question that is open. @param focus where the keyboard goes then */
function operate(options: Readonly<Record<string, unknown>>, focus: string | null = place()): void {
  const question = draft?.id;
  const task = async (): Promise<void> => {
    const answer = await send("content", { kind: "typed", options: { do: "review", question, ...options } });
    if (heard(answer)) speak(words().done);
    await refresh(focus);
  };
  void inTurn(JSON.stringify(options), () => task().catch(fail));
}

async function tryAnswer(answer: string, shown: HTMLElement): Promise<void> {
  try {
    const options = { do: "review", question: draft?.id, op: "try", answer };
    const { reply } = await send("content", { kind: "typed", options });
    const blocks = reply.blocks.filter(({ kind }) => kind !== "buttons");
    shown.replaceChildren(drawReply({ ...reply, blocks }, (_: Action) => {}));
    speak(
      reply.blocks.flatMap((block) => (block.kind === "heading" ? [block.text] : []))[0] ?? firstText(reply),
    );
  } catch (error) {
    fail(error);
  }
}

/** The name of the file that is chosen; browsers say it in their own language. */
function showChosen(): void {
  write("#chosen", find("#document", HTMLInputElement).files?.[0]?.name ?? words().chosen);
}

function label(): void {
  const t = words();
  document.documentElement.lang = language();
  document.title = t.title;
  write("#title", t.title);
  write("#skip", t.skip);
  write("#back", t.back);
  write("#packs-title", t.packs);
  write("#import-title", t.importTitle);
  write("#document-label", t.file);
  write("#document-help", t.fileHelp);
  write("#choose", t.choose);
  showChosen();
  write("#owner-label", t.owner);
  write("#owner-help", t.ownerHelp);
  write("#import", t.importDo);
  for (const button of document.querySelectorAll<HTMLButtonElement>("#languages button"))
    button.ariaPressed = String(button.value === locale());
  showThemes();
}

async function importFile(file: File | undefined): Promise<void> {
  if (file === undefined) return notice("remark", words().noFile);
  write("#import", words().importing);
  try {
    const answer = await sendDocument(file, find("#owner", HTMLInputElement).value.trim());
    if (heard(answer)) {
      showSaid(answer.reply);
      find("#importing", HTMLFormElement).reset();
      showChosen();
    }
    await refresh(null);
  } finally {
    write("#import", words().importDo);
  }
}

const importing = find("#importing", HTMLFormElement);
find("#document", HTMLInputElement).addEventListener("change", showChosen);
importing.addEventListener("submit", (event) => {
  event.preventDefault();
  const file = find("#document", HTMLInputElement).files?.[0];
  void inTurn("import", () => importFile(file).catch(fail));
});
for (const name of ["dragover", "drop"] as const)
  document.addEventListener(
    name,
    (event) => event.dataTransfer?.types.includes("Files") === true && event.preventDefault(),
  );
document.addEventListener("dragover", () => {
  importing.classList.add("drop");
  importing.dataset.drop = words().dropHere;
});
document.addEventListener("dragleave", ({ relatedTarget }) => {
  if (relatedTarget === null) importing.classList.remove("drop");
});
document.addEventListener("drop", (event) => {
  importing.classList.remove("drop");
  const file = event.dataTransfer?.files[0];
  if (file !== undefined) void inTurn("import", () => importFile(file).catch(fail));
});
for (const button of document.querySelectorAll<HTMLButtonElement>("#languages button")) {
  button.addEventListener("click", () => {
    choose(button.value);
    label();
    void load();
  });
}
addEventListener("hashchange", () => {
  find("#said", HTMLElement).replaceChildren();
  void load("question");
});
countDoubleClicksOnce();
label();
await load();
