import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands } from "#commands/index";
import { withTenants } from "#core/draft/tenant-library";
import { guardedDispatch } from "#core/guarding";
import {
  type ChannelId,
  channelIdSchema,
  memberIdSchema,
  submissionIdSchema,
  type TenantId,
  tenantIdSchema,
} from "#core/ids";
import type { Locale } from "#core/language";
import { inTenant } from "#core/pack/library";
import type { Store } from "#core/ports";
import type { Block, Reply } from "#core/reply";
import type { Input, Request, Role } from "#core/request";
import { zoneSchema } from "#core/round/calendar";
import { openDailyRound } from "#core/round/daily";
import { createLocalGrader } from "#core/scoring/local-grader";
import type { Services } from "#core/services";
import { createCharts, SHIPPED_FONTS } from "#src/charts/charts";
import { loadContent, SHIPPED_CONTENT } from "#src/content/library";
import { loadModels } from "#src/content/models";
import { loadPlaces } from "#src/content/places";
import { loadRemedies } from "#src/content/remedies";
import { openDrafting } from "#src/drafting/drafting";
import { createHolidays } from "#src/holidays/holidays";
import { openSqliteStore } from "#src/store/sqlite/store";
import { recordingLog } from "#test/doubles/services";

/** Everything that a reply says, as one text. */
export function wordsOf(reply: Reply): string {
  const of = (block: Block): readonly (string | undefined)[] => {
    switch (block.kind) {
      case "heading":
      case "text":
      case "note":
      case "code":
        return [block.text];
      case "fields":
        return block.fields.flatMap(({ label, value }) => [label, value]);
      case "verdicts":
        return block.rows.flatMap((row) => [
          row.label,
          row.title,
          ...row.quotes,
          row.note,
          row.erratum,
          row.source,
        ]);
      case "table":
        return [...block.columns.map(({ label }) => label), ...block.rows.flat()];
      case "list":
        return block.items;
      case "deadline":
        return [block.label];
      case "picture":
        return [block.alt];
      case "file":
        return [block.name, block.content];
      case "buttons":
        return block.buttons.map(({ label }) => label);
      case "choices":
        return [block.label, ...block.choices.map(({ label }) => label)];
      case "quote":
        return [block.label, block.text, block.by];
      case "members":
        return [block.label, ...block.members];
      case "form":
        return [
          block.form.title,
          ...block.form.fields.flatMap(({ label, placeholder }) => [label, placeholder]),
        ];
    }
  };
  return reply.blocks
    .flatMap(of)
    .filter((words) => words !== undefined)
    .join("\n");
}

export interface Team {
  readonly tenant: TenantId;
  readonly channel: ChannelId;
  readonly services: Services;
  readonly log: ReturnType<typeof recordingLog>;
  /** Sends one command as a member; text, or typed options. */
  ask(
    command: string,
    input?: string | Readonly<Record<string, unknown>>,
    as?: Partial<Asking>,
  ): Promise<Reply>;
  /** Moves the clock and opens the round that is due then. */
  passTime(ms: number): Promise<void>;
  now(): number;
  stop(): Promise<void>;
}

export interface Asking {
  readonly member: string;
  /** Where it is asked; in the team's one channel by default. */
  readonly channel: string;
  readonly locale: Locale;
  readonly role: Role;
  readonly submission: string;
  readonly sentAt: number;
  /** Whether pictures are drawn; most tests read words only, and a picture takes its time. */
  readonly pictures: boolean;
  /** Takes what comes after the reply. */
  readonly later: Request["later"];
}

const tenant = tenantIdSchema.parse("team");
const channel = channelIdSchema.parse("study");
const zone = zoneSchema.parse("Asia/Shanghai");

let loaded: ReturnType<typeof loadContent> | null = null;
/** Nobody changes it, and reading it takes longer than most tests. */
const shippedContent = (): ReturnType<typeof loadContent> => {
  loaded ??= loadContent(SHIPPED_CONTENT);
  return loaded;
};

/** A whole installation with the real content, grader and data file, a clock of the test's, and today's round open. */
export async function openTeam(
  wrapStore: (store: Store) => Store = (store) => store,
  // Nine in the morning in Shanghai.
  startsAt: number = Date.UTC(2026, 10, 25, 1),
  more: Partial<Services> = {},
): Promise<Team> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-team-"));
  let now = startsAt;
  let submissions = 0;
  const log = recordingLog();
  const clock = { now: () => now };
  const store = wrapStore(await openSqliteStore({ file: join(folder, "rehearsal.db") }));
  const { library, glossary } = shippedContent();
  const services: Services = {
    clock,
    log,
    store,
    library: withTenants(library, { store, clock, glossary }),
    drafting: openDrafting(glossary),
    grader: createLocalGrader(),
    models: loadModels(SHIPPED_CONTENT),
    remedies: loadRemedies(SHIPPED_CONTENT),
    charts: createCharts({ fontFolder: SHIPPED_FONTS }),
    holidays: createHolidays(),
    places: loadPlaces(SHIPPED_CONTENT),
    commands,
    zone,
    ...more,
  };
  const dispatch = guardedDispatch(commands, services);
  const openDue = async () => openDailyRound({ tenant, channel, zone }, await inTenant(tenant, services));
  await openDue();
  return {
    tenant,
    channel,
    services,
    log,
    now: () => now,
    async ask(command, given = "", as = {}) {
      submissions += 1;
      const input: Input =
        typeof given === "string" ? { kind: "text", text: given } : { kind: "typed", options: given };
      return dispatch({
        tenant,
        channel: as.channel === undefined ? channel : channelIdSchema.parse(as.channel),
        member: memberIdSchema.parse(as.member ?? "ada"),
        role: as.role ?? "member",
        locale: as.locale ?? "en",
        command,
        input,
        sentAt: as.sentAt ?? now,
        submission: submissionIdSchema.parse(as.submission ?? `submission-${submissions}`),
        ...(as.pictures === true ? {} : { pictures: false as const }),
        ...(as.later === undefined ? {} : { later: as.later }),
      });
    },
    async passTime(ms) {
      now += ms;
      await openDue();
    },
    async stop() {
      await services.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
