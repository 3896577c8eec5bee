/** `/vram 7b` as a name and its text, with the slash of a Chinese keyboard too; null for plain text. */
export function commandIn(text: string): { readonly name: string; readonly rest: string } | null {
  const parts = /^[/／](\S{0,200})(?:\s([\s\S]*))?/u.exec(text);
  return parts === null ? null : { name: (parts[1] ?? "").toLowerCase(), rest: parts[2] ?? "" };
}
