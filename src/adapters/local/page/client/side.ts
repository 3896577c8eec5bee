import { send } from "./api.ts";
import { find, make } from "./dom.ts";
import { say } from "./locale.ts";
import { drawReply, type Perform } from "./render.ts";
import type { Desk, WireCommand } from "./wire.ts";

const section = (name: string): { whole: HTMLElement; body: HTMLElement } => ({
  whole: find(`#${name}`, HTMLElement),
  body: find(`#${name} > div`, HTMLElement),
});

/** Fills a card beside the question with what a command replies. */
async function fill(name: "streak" | "history", perform: Perform): Promise<void> {
  const { reply } = await send(name, { kind: "text", text: "" }, { pictures: false });
  const { whole, body } = section(name);
  body.replaceChildren(drawReply(reply, perform));
  whole.hidden = false;
}

/** The other questions: for practice after the close, their number before it. */
function drawBank(desk: Desk, perform: Perform): void {
  const { whole, body } = section("bank");
  const others = desk.bank.filter(({ id }) => id !== desk.question?.id);
  whole.hidden = others.length === 0;
  if (desk.kind === "round") {
    body.replaceChildren(make("p", { class: "note" }, say().bankLater(others.length)));
    return;
  }
  const items = others.map((question) => {
    const button = make(
      "button",
      { type: "button", class: "entry" },
      make("span", {}, question.text),
      make("small", {}, question.topic),
    );
    button.addEventListener("click", () =>
      perform({ command: "quiz", options: { question: question.id } }, button),
    );
    return make("li", {}, button);
  });
  body.replaceChildren(make("ul", {}, ...items));
}

/** Streak, history and the bank, as they stand now. */
export async function refreshSides(
  desk: Desk,
  commands: readonly WireCommand[],
  perform: Perform,
): Promise<void> {
  drawBank(desk, perform);
  for (const name of ["streak", "history"] as const) {
    if (commands.some((command) => command.name === name)) await fill(name, perform);
  }
}
