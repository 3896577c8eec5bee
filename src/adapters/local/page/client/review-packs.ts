import { find, make } from "./dom.ts";
import type { WirePack, WirePacks } from "./review-wire.ts";
import { words } from "./review-words.ts";

export type Act = (options: Readonly<Record<string, unknown>>) => void;

/** What the list of packs can have done. */
export interface PackHands {
  readonly act: Act;
  open(question: string): void;
}

export function button(
  label: string,
  style: string,
  press: () => void,
  more: Readonly<Record<string, string>> = {},
): HTMLElement {
  const made = make("button", { type: "button", class: style, ...more }, label);
  made.addEventListener("click", press);
  return made;
}

function ownerForm({ id }: WirePack, { act }: PackHands): HTMLElement {
  const input = make("input", {
    type: "text",
    id: `owner-${id}`,
    maxlength: "300",
    "aria-describedby": `owner-help-${id}`,
  });
  const form = make(
    "form",
    { class: "owner" },
    make("label", { for: input.id }, words().owner),
    input,
    make("small", { id: `owner-help-${id}` }, words().ownerHelp),
    make(
      "p",
      { class: "actions" },
      make("button", { type: "submit", class: "secondary" }, words().saveOwner),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act({ do: "review", pack: id, owner: input.value });
  });
  return form;
}

function packElement(pack: WirePack, current: string | null, hands: PackHands): HTMLElement {
  const t = words();
  const { act, open } = hands;
  const items = pack.questions.map(({ id, text, state, kind, points }) => {
    const chosen: Readonly<Record<string, string>> = id === current ? { "aria-current": "true" } : {};
    const link = make(
      "a",
      { href: `#${encodeURIComponent(id)}`, ...chosen },
      make("span", { class: "asked-text" }, text),
      make("span", { class: `chip ${kind}` }, state),
      make("small", {}, t.pointCount(points)),
    );
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(id);
    });
    return make("li", {}, link);
  });
  const left = pack.documents.flatMap((document) => document.left);
  return make(
    "section",
    { class: "pack", "aria-label": t.questions(pack.title) },
    make("h3", {}, pack.title),
    pack.owner === null ? ownerForm(pack, hands) : make("p", { class: "note" }, pack.owner),
    make("ol", { "data-pack": pack.id }, ...items),
    left.length === 0
      ? null
      : make(
          "details",
          {},
          make("summary", {}, t.left(left.length)),
          make("ul", { class: "list" }, ...left.map((line) => make("li", {}, line))),
        ),
    make(
      "p",
      { class: "actions" },
      pack.ready === 0 || pack.owner === null
        ? null
        : button(t.publish(pack.ready), "primary", () => act({ do: "publish", pack: pack.id })),
      button(t.export, "secondary", () => act({ do: "export", pack: pack.id })),
      pack.live === 0 ? null : button(t.withdraw, "danger", () => act({ do: "unpublish", pack: pack.id })),
    ),
  );
}

const listsIn = (shown: HTMLElement): readonly HTMLElement[] => [
  ...shown.querySelectorAll<HTMLElement>("ol[data-pack]"),
];

/** Only the list moves, not the page under the hand of whoever reads on. */
function showCurrent(list: HTMLElement): void {
  const row = list.querySelector("[aria-current]")?.closest("li");
  if (!row) return;
  const [shown, own] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  if (own.top < shown.top) list.scrollTop -= shown.top - own.top;
  else if (own.bottom > shown.bottom) list.scrollTop += own.bottom - shown.bottom;
}

/** The packs and their questions, the newest pack first; each list stays where it was scrolled to. */
export function drawPacks({ packs, suggested }: WirePacks, current: string | null, hands: PackHands): void {
  const t = words();
  const shown = find("#pack-list", HTMLElement);
  const scrolled = new Map(listsIn(shown).map((list) => [list.dataset.pack, list.scrollTop]));
  shown.replaceChildren(
    ...(packs.length === 0 ? [make("p", { class: "note" }, t.none)] : []),
    ...packs.map((pack) => packElement(pack, current, hands)),
    ...(suggested === 0
      ? []
      : [
          make(
            "p",
            { class: "actions" },
            button(t.suggested(suggested), "secondary", () => hands.act({ do: "import", suggested: true })),
          ),
        ]),
  );
  for (const list of listsIn(shown)) {
    list.scrollTop = scrolled.get(list.dataset.pack) ?? 0;
    showCurrent(list);
  }
}
