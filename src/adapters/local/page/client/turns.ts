/** What was asked for and is not done yet, by name. */
const waiting = new Set<string>();
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs the tasks of this tab one after the other. One that is asked for again before it is done is done once: a second
 * Enter, or the second click of a double click, is no second wish.
 *
 * @param name what is asked for; null where every call is a wish of its own
 */
export function inTurn(name: string | null, task: () => Promise<unknown>): Promise<unknown> {
  if (name !== null && waiting.has(name)) return last;
  if (name !== null) waiting.add(name);
  const done = last.then(task).finally(() => name !== null && waiting.delete(name));
  last = done.catch(() => {});
  return done;
}

/** A double click on a button is one click, however fast the first one is done. */
export function countDoubleClicksOnce(): void {
  const stop = (event: MouseEvent): void => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    // Replies are removed one after the other in the same place.
    if (button === null || event.detail < 2 || button.matches(".dismiss")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("click", stop, { capture: true });
}
