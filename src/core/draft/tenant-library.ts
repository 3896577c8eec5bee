import type { Dossier } from "#core/dossier";
import type { TenantId } from "#core/ids";
import type { Bilingual } from "#core/language";
import type { Library } from "#core/pack/library";
import type { SourceDocument } from "#core/pack/question";
import type { Clock, Store } from "#core/ports";
import type { Glossary } from "#core/scoring/glossary";
import { type CompiledRubric, compileRubric } from "#core/scoring/rubric";
import { LIVE, type LiveQuestion, readLive } from "./live.ts";
import { INDEX, readIndex } from "./pack.ts";

/** For so long a tenant's questions are taken to be what they were: what another process publishes shows by then. */
const FRESH_MS = 10_000;
/** Of so many tenants the questions are kept ready; of others they are read when somebody asks. */
const MOST_TENANTS = 200;
const READ_AT_ONCE = 100;

interface Parts {
  readonly store: Pick<Store, "dossier" | "dossiers">;
  readonly clock: Clock;
  /** What the rules of drafted questions speak of. */
  readonly glossary: () => Glossary;
}

interface Entry {
  readonly revision: number;
  readonly live: LiveQuestion;
  rubric: CompiledRubric | undefined;
}

interface Known {
  readonly library: Library;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly published: number;
  checkedAt: number;
}

const documentOf = ({ id, title, sha256, owner }: LiveQuestion["document"]): SourceDocument => ({
  id,
  title,
  sha256,
  ...(owner === "" ? {} : { note: { zh: owner, en: owner } }),
});

/** Our own questions and, behind them, those of a tenant's packs. */
function joined(
  shipped: Library,
  entries: ReadonlyMap<string, Entry>,
  packs: readonly string[],
  glossary: () => Glossary,
): Library {
  const order = new Map(packs.map((id, at) => [id, at]));
  const lives = [...entries.values()].map(({ live }) => live);
  const asked = lives
    // An id of ours that came later goes before.
    .filter((live) => live.asked && shipped.question(live.question.id) === undefined)
    .toSorted(
      (one, other) => (order.get(one.pack) ?? 0) - (order.get(other.pack) ?? 0) || one.place - other.place,
    );
  const topics = new Map<string, Bilingual>(lives.map(({ pack, topic }) => [pack, topic]));
  const documents = new Map(lives.map(({ document }) => [document.id, documentOf(document)]));
  const rubricOf = (id: string): CompiledRubric | undefined => {
    const entry = entries.get(id);
    if (entry === undefined) return undefined;
    entry.rubric ??= compileRubric(entry.live.question, entry.live.rubric, glossary());
    return entry.rubric;
  };
  return {
    questions: [...shipped.questions, ...asked.map(({ question }) => question)],
    question: (id) => shipped.question(id) ?? entries.get(id)?.live.question,
    rubric: (id) => (shipped.question(id) === undefined ? rubricOf(id) : shipped.rubric(id)),
    topic: (id) => shipped.topic(id) ?? topics.get(id),
    document: (id) => shipped.document(id) ?? documents.get(id),
  };
}

/** A library that could not be read: whoever needs a question learns why, and whoever needs none goes on. */
function unread(error: unknown): Library {
  const fail = (): never => {
    throw error;
  };
  return {
    get questions() {
      return fail();
    },
    question: fail,
    rubric: fail,
    topic: fail,
    document: fail,
  };
}

/**
 * Our own library, which gives each tenant those questions besides that it has published; nobody is given another's.
 * They are kept ready, so that grading waits for nothing, and looked at again when they were published anew.
 */
export function withTenants(shipped: Library, parts: Parts): Library {
  const { store, clock, glossary } = parts;
  /** Who asked longest ago stands first. */
  const known = new Map<TenantId, Known>();
  const reading = new Map<TenantId, Promise<Library>>();
  let renewals = 0;

  const remember = (tenant: TenantId, now: Known): Library => {
    known.delete(tenant);
    known.set(tenant, now);
    const [oldest] = known.keys();
    if (known.size > MOST_TENANTS && oldest !== undefined) known.delete(oldest);
    return now.library;
  };

  const readEntries = async (tenant: TenantId, before: Known | undefined) => {
    const entries = new Map<string, Entry>();
    let after: string | undefined;
    for (;;) {
      const from: { after?: string } = after === undefined ? {} : { after };
      const found: readonly Dossier[] = await store.dossiers({
        tenant,
        kind: "draft",
        prefix: LIVE,
        ...from,
        limit: READ_AT_ONCE,
      });
      for (const dossier of found) {
        const id = dossier.id.slice(LIVE.length);
        const standing = before?.entries.get(id);
        entries.set(
          id,
          standing?.revision === dossier.revision
            ? standing
            : { revision: dossier.revision, live: readLive(dossier), rubric: undefined },
        );
      }
      after = found.at(-1)?.id;
      if (found.length < READ_AT_ONCE || after === undefined) return entries;
    }
  };

  const read = async (tenant: TenantId): Promise<Library> => {
    const before = known.get(tenant);
    // Before what is read: what is published meanwhile is read the next time.
    const checkedAt = clock.now();
    const begunAt = renewals;
    const { published, packs } = readIndex(await store.dossier(tenant, "draft", INDEX));
    if (before?.published === published && begunAt === renewals)
      return remember(tenant, Object.assign(before, { checkedAt }));
    const entries = published === 0 ? new Map<string, Entry>() : await readEntries(tenant, before);
    const ids = packs.map(({ id }) => id);
    const library = entries.size === 0 ? whole : { ...joined(shipped, entries, ids, glossary), of, renew };
    return begunAt === renewals ? remember(tenant, { library, entries, published, checkedAt }) : library;
  };

  const of = async (tenant: TenantId): Promise<Library> => {
    const now = known.get(tenant);
    if (now !== undefined && Math.abs(clock.now() - now.checkedAt) < FRESH_MS) return now.library;
    const running = reading.get(tenant) ?? read(tenant).finally(() => reading.delete(tenant));
    reading.set(tenant, running);
    return running.catch((error: unknown) => now?.library ?? unread(error));
  };
  const renew = (tenant: TenantId): void => {
    renewals += 1;
    known.delete(tenant);
    reading.delete(tenant);
  };
  const whole: Library = { ...shipped, of, renew };
  return whole;
}
