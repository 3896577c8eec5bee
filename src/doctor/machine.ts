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
    loadModels(folder);
    loadRemedies(folder);
    loadPlaces(folder);
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
}

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
    else if (refused === "EADDRINUSE")
      findings.push(on("ports").warn((say) => say.doctor.takenPort(variable, port)));
    else findings.push(on("ports").fail((say) => say.doctor.badPort(variable, port, refused)));
  }
  return findings;
};
