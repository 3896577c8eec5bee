import type { Instant } from "#core/ids";
import type { Messages } from "#core/messages/index";
import type { JudgeFacts, Operation } from "#core/operation";
import { type Block, type Field, privateReply, type Reply } from "#core/reply";
import type { ChannelStatus, Lapse, TenantStatus } from "./read.ts";

const MINUTE_MS = 60_000;
/** More lines than that nobody reads; the numbers above count all. */
const MOST_LAPSES = 10;

const lapseLine = ({ date, reason, lateMs }: Lapse, say: Messages): string =>
  reason === null
    ? say.status.cameLate(date, Math.round(lateMs / MINUTE_MS))
    : say.schedule.skipped(date, reason);

/** What came late or not at all, the newest first, with its channel where there are several. */
function lapseBlocks(channels: readonly ChannelStatus[], say: Messages): readonly Block[] {
  const lines = channels
    .flatMap(({ name, lapses }) => lapses.map((lapse) => ({ name, lapse })))
    .toSorted((one, other) => (one.lapse.date < other.lapse.date ? 1 : -1));
  if (lines.length === 0) return [];
  const items = lines.slice(0, MOST_LAPSES).map(({ name, lapse }) => {
    const line = lapseLine(lapse, say);
    return channels.length > 1 ? say.status.inChannel(name, line) : line;
  });
  const left = lines.length - items.length;
  return [
    { kind: "list", ordered: false, items },
    ...(left > 0 ? [{ kind: "note", text: say.status.moreLapses(left) } as const] : []),
  ];
}

function roundsBlocks({ channels, left }: TenantStatus, say: Messages): readonly Block[] {
  const t = say.status;
  if (channels.length === 0) return [{ kind: "note", text: t.noClock }];
  const isOne = channels.length === 1;
  const numbers = ({ posted, late, skipped }: ChannelStatus) => [posted, late, skipped].map(String);
  const table: Block = {
    kind: "table",
    columns: [
      ...(isOne ? [] : [{ label: t.channel, align: "left" } as const]),
      ...[t.posted, t.late, t.skipped].map((label) => ({ label, align: "right" }) as const),
    ],
    rows: channels.map((channel) => [...(isOne ? [] : [channel.name]), ...numbers(channel)]),
  };
  const obstacles = channels.flatMap(({ obstacle }) => (obstacle === null ? [] : [obstacle(say)]));
  const off = channels.filter(({ isOn }) => !isOn);
  const next = channels.flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]));
  return [
    ...[...new Set(obstacles)].map((text): Block => ({ kind: "text", text })),
    { kind: "heading", text: t.lastDays },
    table,
    ...lapseBlocks(channels, say),
    ...(off.length === 0
      ? []
      : [{ kind: "note", text: t.switchedOff(isOne ? null : off.map(({ name }) => name)) } as const]),
    ...(next.length === 0 ? [] : [{ kind: "deadline", label: t.next, at: Math.min(...next) } as const]),
    ...(left > 0 ? [{ kind: "note", text: t.moreChannels(left) } as const] : []),
  ];
}

function judgeText(judge: JudgeFacts | null, say: Messages): string {
  if (judge === null) return say.status.noJudge;
  const { model, calls, failures, tokens, cost } = judge;
  return say.status.judged(model, { calls, failures, tokens: tokens.input + tokens.output, cost });
}

function queueText(operation: Operation, say: Messages): string {
  const busy = operation
    .queues()
    .map(({ name, waiting, limit }) => ({ name, waiting: waiting(), limit }))
    .filter(({ waiting }) => waiting > 0);
  return busy.length === 0
    ? say.status.idle
    : busy.map((queue) => say.status.waits(queue)).join(say.vram.listSeparator);
}

/** What the bot itself is doing, whatever the tenant; nothing of it names another tenant or a host. */
async function processBlocks(operation: Operation, now: Instant, say: Messages): Promise<readonly Block[]> {
  const t = say.status;
  const store = await operation.store();
  const rows: readonly (readonly [string, string])[] = [
    [t.store, store.kind === "file" ? t.file : t.redis(store.durability)],
    [t.judge, judgeText(operation.judge(), say)],
    [t.queue, queueText(operation, say)],
    ...(store.kind === "redis" ? [[t.processes, t.processCount(store.processes)] as const] : []),
    [t.release, t.versions(operation.release, store.layout, operation.zones)],
    [t.running, t.since(Math.floor((now - operation.startedAt) / MINUTE_MS))],
  ];
  const fields: readonly Field[] = rows.map(([label, value]) => ({ label, value }));
  return [
    { kind: "heading", text: t.bot },
    ...store.warnings.map((warning): Block => ({ kind: "text", text: t.warning(warning(say)) })),
    { kind: "fields", fields },
  ];
}

/** How the tenant's daily questions went and how the bot does, for admins. */
export async function statusReply(
  status: TenantStatus,
  operation: Operation | undefined,
  now: Instant,
  say: Messages,
): Promise<Reply> {
  return privateReply(
    { kind: "heading", text: say.status.title },
    ...roundsBlocks(status, say),
    ...(operation === undefined ? [] : await processBlocks(operation, now, say)),
  );
}
