import { z } from "zod";
import { type Instant, instantSchema, type TenantId, tenantIdSchema } from "./ids.ts";

/** What a dossier is about. Each kind has one schema for its text and one owner in the core. */
export const dossierKindSchema = z.enum([
  "interview",
  "interview-seat",
  "stage",
  "appeal",
  "suggestion",
  "draft",
  "reminder",
  "report",
  "interview-date",
  "consent",
  "inbox",
  "editors",
  "second-look",
  "erasure",
]);
export type DossierKind = z.infer<typeof dossierKindSchema>;

const BYTES_OF_TEXT = 256 * 1024;

/**
 * The papers on one matter of a tenant's, which several people and processes may change at once: the state of an
 * interview, an appeal, a draft. A store keeps the text and does not read it.
 */
export const dossierSchema = z.strictObject({
  tenant: tenantIdSchema,
  kind: dossierKindSchema,
  /** Unlike that of any other of the tenant's of this kind; at most 240 characters, as a round's id with a word before it. */
  id: z.string().min(1).max(240),
  /** 1 when it is first written, one more with every change. */
  revision: z.int().positive(),
  /** At most 256 KiB in UTF-8. */
  text: z.string().refine((text) => new TextEncoder().encode(text).length <= BYTES_OF_TEXT, {
    error: "a dossier's text has more than 256 KiB",
  }),
  /** When it is to be looked at without anybody asking; null where it waits for people. */
  wakeAt: instantSchema.nullable(),
});
export type Dossier = Readonly<z.infer<typeof dossierSchema>>;

/**
 * What a store may write.
 *
 * @throws Error where its owner made it too long or otherwise not a dossier
 */
export const checkDossier = (dossier: Dossier): Dossier => {
  const { data, error } = dossierSchema.safeParse(dossier);
  if (data === undefined) throw new Error(`no dossier: ${error.issues[0]?.message}`, { cause: error });
  return data;
};

/** Which of a tenant's dossiers of one kind are listed, in the order of their ids' code units. */
export interface DossierQuery {
  readonly tenant: TenantId;
  readonly kind: DossierKind;
  /** Only those whose ids begin with it. */
  readonly prefix?: string;
  /** Only those whose ids come behind it. */
  readonly after?: string;
  readonly limit: number;
}

/** Where dossiers are kept: part of the store, with the same promises. `changeDossier` is how they are changed. */
export interface Dossiers {
  /**
   * Writes a dossier if the kept one has the revision before it (none at all: revision 1). Returns the one that is
   * kept then: the caller's own, or what somebody else wrote first; null where it was dropped meanwhile. The same
   * again changes nothing.
   *
   * @throws Error where the text is too long; then nothing was written
   */
  keepDossier(dossier: Dossier): Promise<Dossier | null>;
  /** Writes a dossier of any revision unless the same or a later one is kept: for what was kept elsewhere before. */
  restoreDossier(dossier: Dossier): Promise<void>;
  dossier(tenant: TenantId, kind: DossierKind, id: string): Promise<Dossier | null>;
  dossiers(query: DossierQuery): Promise<readonly Dossier[]>;
  /** Forgets it; what was never kept stays so. A dossier of that id begins at revision 1 again. */
  dropDossier(tenant: TenantId, kind: DossierKind, id: string): Promise<void>;
  /**
   * The dossiers of all tenants whose time has come, the longest overdue first as far as a store in many places can
   * tell. In the same step each is put off by `leaseMs`, so that no other process is given it before then, and one
   * whose process died comes again. Revision and `wakeAt` stay; whoever keeps it anew says when it comes next.
   */
  takeDossiers(kind: DossierKind, now: Instant, leaseMs: number, limit: number): Promise<readonly Dossier[]>;
}

/**
 * An id as a text of printable ASCII that sorts, byte by byte, as the id does by its code units, and begins with what
 * the beginning of the id becomes: one order and one meaning of a prefix, whatever a store sorts by.
 */
export const toSorting = (id: string): string =>
  id.replace(/[^"-}]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return `${code < 0x22 ? "!" : "~"}${code.toString(16).padStart(4, "0")}`;
  });

/** Reads what `toSorting` wrote. */
export const fromSorting = (text: string): string =>
  text.replace(/[!~]([0-9a-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
