import { createServer } from "node:net";
import { ContentFaults } from "#src/content/fault";
import { loadLibrary, SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadPlaces } from "#src/content/places";
import { loadRemedies } from "#src/content/remedies";
import { type Finding, on } from "./finding.ts";

const OLDEST_NODE = 24;
/** Zone data of the year before last lacks changes that governments have made since. */
const OLDEST_ZONES_YEARS = 1;
const FEWEST_ZONES = 400;

/** @param version as `process.version` gives it */
export const examineNode = (version: string): readonly Finding[] => {
  const major = Number(/^v?(\d{1,3})\./.exec(version)?.[1]);
  return major >= OLDEST_NODE
    ? [on("node").ok((say) => say.doctor.node(version))]
    : [on("node").fail((say) => say.doctor.oldNode(version, OLDEST_NODE))];
};

/** What a runtime knows of zones and languages. */
export interface Zones {
  /** As tz names its releases: `2026a`; undefined where the runtime does not tell. */
  readonly tz: string | undefined;
  readonly count: number;
  readonly locales: readonly string[];
}

export const zonesHere = (): Zones => ({
  tz: process.versions.tz,
  count: Intl.supportedValuesOf("timeZone").length,
  locales: Intl.DateTimeFormat.supportedLocalesOf(["en", "zh"]),
});

export const examineZones = ({ tz, count, locales }: Zones, now: number): readonly Finding[] => {
  const zones = on("zones");
  if (locales.length < 2 || count < FEWEST_ZONES) return [zones.fail((say) => say.doctor.smallIcu(count))];
  const year = Number(/^(\d{4})[a-z]{1,2}$/.exec(tz ?? "")?.[1]);
  if (!(new Date(now).getUTCFullYear() - year <= OLDEST_ZONES_YEARS))
    return [zones.warn((say) => say.doctor.oldZones(tz ?? "?"))];
  return [zones.ok((say) => say.doctor.zones(tz ?? "?", count))];
};

/** @param folder of all content */
export const examineContent = (folder = SHIPPED_CONTENT): readonly Finding[] => {
  const content = on("content");
  try {
    const library = loadLibrary(folder, { drafts: false });
    loadRemedies(folder);
    // Both read a file when it is first asked for.
    const { architectures, gpus, names, measurements, aside } = loadModels(folder);
    const { cities, holidays } = loadPlaces(folder);
    const tables = { architectures, gpus, names, measurements, aside, cities, holidays };
    const empty = Object.entries(tables).find(([, table]) => Object.keys(table).length === 0)?.[0];
    if (empty !== undefined) return [content.fail((say) => say.doctor.badContent(`${folder}: ${empty}`, 1))];
    const { length } = library.questions;
    return length === 0
      ? [content.fail((say) => say.doctor.noQuestions)]
      : [content.ok((say) => say.doctor.content(length))];
  } catch (error) {
    if (!(error instanceof ContentFaults)) throw error;
    const [first] = error.faults;
    const where = first === undefined ? folder : `${first.file}:${first.line} ${first.reason}`;
    return [content.fail((say) => say.doctor.badContent(where, error.faults.length))];
  }
};

/** A port that the bot would listen on. */
export interface Port {
  readonly variable: string;
  readonly host: string | undefined;
  readonly port: number;
  /** What a running bot answers there, and nobody else does. */
  readonly sign: { readonly path: string; readonly holds: RegExp };
}

/** The system's words for an address, or a name of one, that is not this machine's. */
const NO_SUCH_ADDRESS: ReadonlySet<string> = new Set(["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"]);

const ANSWER_WITHIN_MS = 2_000;
const MOST_CHARACTERS = 100_000;

/** Whether it is a bot that has the port: whatever else is there does not make room when the bot starts anew. */
const isOurs = async ({ host, port, sign }: Port): Promise<boolean> => {
  const at = host === undefined || host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const shown = at.includes(":") ? `[${at}]` : at;
  try {
    const answer = await fetch(`http://${shown}:${port}${sign.path}`, {
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const location = answer.headers.get("location") ?? "";
    const chunk = (await answer.body?.getReader().read())?.value;
    const text = new TextDecoder().decode(chunk?.subarray(0, MOST_CHARACTERS));
    return sign.holds.test(`${location}\n${text}`);
  } catch {
    // What does not speak HTTP is somebody else's.
    return false;
  }
};

/** The system's word for why nobody can listen there, or null. */
const refusalAt = ({ host, port }: Port): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, ...(host === undefined ? {} : { host }), exclusive: true }, () =>
      server.close(() => resolve(null)),
    );
  });

export const examinePorts = async (ports: readonly Port[]): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  const named = new Map<number, string>();
  for (const one of ports.filter(({ port }) => port !== 0)) {
    const { port, variable } = one;
    const other = named.get(port);
    named.set(port, variable);
    if (other !== undefined) {
      findings.push(on("ports").fail((say) => say.doctor.samePort(variable, other, port)));
      continue;
    }
    const refused = await refusalAt(one);
    if (refused === null) findings.push(on("ports").ok((say) => say.doctor.freePort(variable, port)));
    else if (refused === "EADDRINUSE" && (await isOurs(one)))
      findings.push(on("ports").ok((say) => say.doctor.ownPort(variable, port)));
    else if (refused === "EADDRINUSE")
      findings.push(on("ports").fail((say) => say.doctor.takenPort(variable, port)));
    else if (NO_SUCH_ADDRESS.has(refused))
      findings.push(on("ports").fail((say) => say.doctor.foreignAddress(variable, one.host ?? "")));
    else findings.push(on("ports").fail((say) => say.doctor.badPort(variable, port, refused)));
  }
  return findings;
};
