import { z } from "zod";
import type { Dispatch } from "./dispatch.ts";
import type { Dossiers } from "./dossier.ts";
import { changeDossier } from "./dossier-change.ts";
import { isEditor, noteEditor } from "./editors.ts";
import type { MemberId, TenantId } from "./ids.ts";
import { bilingualSchema } from "./language.ts";
import type { Reply } from "./reply.ts";
import type { Request } from "./request.ts";
import type { Services } from "./services.ts";

const noteSchema = z.strictObject({
  /** Of two notes with one key the first stays. */
  key: z.string().min(1).max(200),
  /** At most a few sentences. */
  text: bilingualSchema,
});
export type InboxNote = z.infer<typeof noteSchema>;

const inboxSchema = z.strictObject({
  notes: z.array(noteSchema),
  /** The submission whose reply the last notes went with: of two at once only one takes them. */
  takenWith: z.string().nullable(),
});

/** Who asks for nothing for long reads the last ones. */
const NOTES_KEPT = 10;

const nothing = { notes: [], takenWith: null };
const read = (text: string | undefined): z.infer<typeof inboxSchema> =>
  text === undefined ? nothing : inboxSchema.parse(JSON.parse(text));

/** Leaves something for a member who takes no direct messages: they read it with the next reply that only they see. */
export async function leaveNote(
  store: Dossiers,
  tenant: TenantId,
  member: MemberId,
  note: InboxNote,
): Promise<void> {
  await changeDossier(store, { tenant, kind: "inbox", id: member }, (standing) => {
    const { notes, takenWith } = read(standing?.text);
    if (notes.some(({ key }) => key === note.key)) return null;
    return { text: JSON.stringify({ notes: [...notes, note].slice(-NOTES_KEPT), takenWith }), wakeAt: null };
  });
}

/** Takes what was left for a member; what one reply takes no other does. */
async function takeNotes(store: Dossiers, request: Request): Promise<readonly InboxNote[]> {
  const { tenant, member, submission } = request;
  const kept = await store.dossier(tenant, "inbox", member);
  if (read(kept?.text).notes.length === 0) return [];
  let taken: readonly InboxNote[] = [];
  const standing = await changeDossier(store, { tenant, kind: "inbox", id: member }, (now) => {
    taken = read(now?.text).notes;
    return taken.length === 0
      ? null
      : { text: JSON.stringify({ notes: [], takenWith: submission }), wakeAt: null };
  });
  return read(standing?.text).takenWith === submission ? taken : [];
}

/** Forms, edits of what stands already, and what everybody reads carry no private notes. */
const carriesNotes = ({ visibility, placement, blocks }: Reply): boolean =>
  visibility === "private" && placement === "new" && blocks.every(({ kind }) => kind !== "form");

/**
 * The same dispatch, whose replies bring what was left for the member who asks. Editors are remembered, so that they can
 * be told of what waits for them.
 */
export const withInbox =
  (dispatch: Dispatch, { store, log }: Pick<Services, "store" | "log">): Dispatch =>
  async (request) => {
    const reply = await dispatch(request);
    try {
      // Whoever has their data deleted is not remembered by that very command.
      if (isEditor(request) && request.command.toLowerCase() !== "data") await noteEditor(store, request);
      if (!carriesNotes(reply)) return reply;
      const notes = await takeNotes(store, request);
      const { locale } = request;
      const blocks = notes.map(({ text }) => ({ kind: "note" as const, text: text[locale] }));
      return notes.length === 0 ? reply : { ...reply, blocks: [...reply.blocks, ...blocks] };
    } catch (error) {
      // What was asked for is answered all the same; the notes stay for the next time.
      log.error("the notes for a member could not be read", error, { tenant: request.tenant });
      return reply;
    }
  };
