import { type ChannelId, channelIdSchema, type TenantId, tenantIdSchema } from "#core/ids";
import type { Locale } from "#core/language";

/** A workspace, and the organisation that the app was installed for as a whole, where it was. */
export interface Workspace {
  readonly team: string;
  readonly enterprise: string | null;
}

/** A workspace as a tenant: `slack:T1`, or `slack:E1.T1` where the app is installed for all of an organisation. */
export const tenantOf = ({ team, enterprise }: Workspace): TenantId =>
  tenantIdSchema.parse(`slack:${enterprise === null ? team : `${enterprise}.${team}`}`);

/** The workspace of a tenant; null where it is none of Slack's. */
export function workspaceOf(tenant: TenantId): Workspace | null {
  const [, first, second] = /^slack:([A-Za-z0-9]{1,40})(?:\.([A-Za-z0-9]{1,40}))?$/.exec(tenant) ?? [];
  if (first === undefined) return null;
  return second === undefined ? { team: first, enterprise: null } : { team: second, enterprise: first };
}

/** Under which tenant the token is kept that works in a workspace: its own, or that of its organisation. */
export const installedAt = ({ team, enterprise }: Workspace): TenantId =>
  tenantIdSchema.parse(`slack:${enterprise ?? team}`);

/** One of our languages, where Slack's name of a language is one. */
export function localeIn(name: string | undefined): Locale | null {
  if (name === undefined) return null;
  if (/^zh\b/i.test(name)) return "zh";
  return /^en\b/i.test(name) ? "en" : null;
}

export const channelOf = (id: string): ChannelId => channelIdSchema.parse(id);

/** Slack's `1732500000.000100` as an instant. */
export const instantOf = (ts: string): number => Math.floor(Number(ts) * 1000);

/** An instant as Slack writes it. */
export const tsAt = (instant: number): string => (instant / 1000).toFixed(6);
