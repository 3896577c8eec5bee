const keyOf = (name: string): string => `rehearsal:${name}`;

/** Why a text is kept no longer than the tab: there is no room for it, or the browser keeps nothing for this page. */
export type Keeping = "kept" | "no-room" | "switched-off";

/** What the browser would not keep, for as long as this tab is open. */
const unkept = new Map<string, string>();

/** `all` is this browser's memory for every tab and every visit, `tab` this tab's, which outlives a reload. */
type Shelf = "all" | "tab";
const shelves: Readonly<Record<Shelf, () => Storage>> = {
  all: () => localStorage,
  tab: () => sessionStorage,
};

function read(shelf: Shelf, name: string): string | null {
  const kept = unkept.get(`${shelf}:${name}`);
  if (kept !== undefined) return kept;
  try {
    return shelves[shelf]().getItem(keyOf(name));
  } catch {
    return null;
  }
}

function write(shelf: Shelf, name: string, text: string | null): Keeping {
  try {
    if (text === null) shelves[shelf]().removeItem(keyOf(name));
    else shelves[shelf]().setItem(keyOf(name), text);
    unkept.delete(`${shelf}:${name}`);
    return "kept";
  } catch (error) {
    unkept.set(`${shelf}:${name}`, text ?? "");
    const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
    return isFull ? "no-room" : "switched-off";
  }
}

/** What was kept in this browser; null where nothing was. */
export const recall = (name: string): string | null => read("all", name) || null;

/** Keeps a text in this browser; an empty one is forgotten. */
export const keep = (name: string, text: string): Keeping => write("all", name, text === "" ? null : text);

/** What this tab kept; in a tab that never kept anything by this name, the newest of any other tab. */
export const recallHere = (name: string): string => read("tab", name) ?? read("all", name) ?? "";

/** Keeps a text for this tab, and as the newest for tabs to come. */
export function keepHere(name: string, text: string): Keeping {
  const newest = keep(name, text);
  // An empty text stays too: what this tab cleared does not come back from another one.
  const here = write("tab", name, text);
  return here === "kept" ? here : newest;
}
