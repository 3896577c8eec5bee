const keyOf = (name: string): string => `rehearsal:${name}`;

/** What was kept in this browser; null where nothing was, or where storage is switched off. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(keyOf(name));
  } catch {
    return null;
  }
}

/** Keeps a text in this browser; false where it has no room for it. */
export function keep(name: string, text: string): boolean {
  try {
    if (text === "") localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), text);
    return true;
  } catch {
    return false;
  }
}
