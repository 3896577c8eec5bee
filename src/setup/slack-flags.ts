import { Refusal } from "#core/refusal";

/**
 * Where Slack finds the app; null for Socket Mode, which needs no address.
 *
 * @throws Refusal for what is no address that Slack can reach
 */
export function readUrl(typed: string): string | null {
  const text = typed.trim();
  if (text === "") return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== "https:" || url.pathname !== "/" || url.search + url.hash + url.username !== "")
    throw new Refusal((say) => say.setupSlack.badUrl(text));
  return url.origin;
}

/** @throws Refusal for what no slash command can begin with */
export function readPrefix(typed: string): string {
  const text = typed.trim().toLowerCase();
  if (!/^(?:[a-z0-9][a-z0-9_-]{0,15})?$/.test(text))
    throw new Refusal((say) => say.setupSlack.badPrefix(typed));
  return text;
}

/** @throws Refusal for a feature that there is not, or that cannot be left out */
export function readWithout(typed: string, features: readonly string[]): string[] {
  const names = typed.split(/[,\s]+/).filter((name) => name !== "");
  const unknown = names.find((name) => !features.includes(name));
  if (unknown !== undefined) throw new Refusal((say) => say.setupSlack.unknownFeature(unknown, features));
  return names;
}
