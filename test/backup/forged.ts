import { createHash } from "node:crypto";

const sha256 = (bytes: string | Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** A backup whose digests are right, whatever it holds. */
export const forged = (
  sections: readonly { readonly bytes: Buffer; readonly records?: number; readonly tenant?: string }[],
  about = {},
) => {
  const first = `${JSON.stringify({ rehearsal: "backup", version: 1, at: 1, from: "x", ...about })}\n`;
  const lines = [first];
  const parts: Buffer[] = [Buffer.from(first)];
  for (const [index, { bytes, records = 1, tenant = `t${index}` }] of sections.entries()) {
    const section = { tenant, records, bytes: bytes.length, sha256: sha256(bytes) };
    lines.push(`${JSON.stringify(section)}\n`);
    parts.push(Buffer.from(lines.at(-1) ?? ""), bytes);
  }
  const records = sections.reduce((sum, section) => sum + (section.records ?? 1), 0);
  const end = { end: true, tenants: sections.length, records, sha256: sha256(lines.join("")) };
  return Buffer.concat([...parts, Buffer.from(`${JSON.stringify(end)}\n`)]);
};
