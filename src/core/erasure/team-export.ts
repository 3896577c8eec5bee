import type { TenantId } from "#core/ids";
import type { Store } from "#core/ports";

/** What every platform lets a bot send in one file. */
export const MOST_MEGABYTES = 7;

/** Of buttons only what they do is kept, and of an installation a secret: neither is anybody's data. */
const isPlumbing: ReadonlySet<string> = new Set(["action", "installation"]);

export interface TeamExport {
  readonly records: number;
  /** One record a line, as JSON. */
  readonly content: string;
}

/** Everything that is kept of a tenant; null where it is too large for a message. */
export async function exportTeam(tenant: TenantId, now: number, store: Store): Promise<TeamExport | null> {
  const lines: string[] = [];
  let size = 0;
  for await (const record of store.records(tenant, now)) {
    if (isPlumbing.has(record.kind)) continue;
    const line = JSON.stringify(record);
    size += line.length + 1;
    if (size > MOST_MEGABYTES * 1024 * 1024) return null;
    lines.push(line);
  }
  return { records: lines.length, content: `${lines.join("\n")}\n` };
}
