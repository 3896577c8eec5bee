import { z } from "zod";
import { instantSchema, tenantIdSchema } from "#core/ids";

/**
 * A backup is one line of text about the whole, for each tenant a line and behind it as many bytes of gzip as the line
 * says (a record a line, as JSON), and a last line. Each line is the digest's of what stands behind it, the last one's
 * of the lines, so that nothing can be missing or changed unnoticed.
 */
export const FORMAT = 1;

/** A line that tells of a tenant or of the whole; ids are far shorter. */
export const LONGEST_HEADER_BYTES = 8_192;
/** A record with the longest dossier, every sign of it escaped. */
export const LONGEST_RECORD_CHARACTERS = 8 * 1024 * 1024;
/** Records come out of gzip 5 to 30 times as long; a bomb a thousand times. */
export const MOST_GROWTH = 200;
export const ALWAYS_INFLATED_BYTES = 16 * 1024 * 1024;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const countSchema = z.int().nonnegative();

/** Of any release: what tells the version before anything else is believed. */
export const versionSchema = z.object({ rehearsal: z.literal("backup"), version: z.int().positive() });

export const aboutSchema = z.object({
  rehearsal: z.literal("backup"),
  version: z.literal(FORMAT),
  /** When it was begun. */
  at: instantSchema,
  /** What it was made of, without a password. */
  from: z.string().max(4_000),
});
export type About = z.infer<typeof aboutSchema>;

export const sectionSchema = z.strictObject({
  tenant: tenantIdSchema,
  records: countSchema,
  bytes: countSchema,
  /** Of the bytes behind the line. */
  sha256: sha256Schema,
});
export type Section = z.infer<typeof sectionSchema>;

export const endSchema = z.strictObject({
  end: z.literal(true),
  tenants: countSchema,
  records: countSchema,
  /** Of all lines before this one. */
  sha256: sha256Schema,
});
