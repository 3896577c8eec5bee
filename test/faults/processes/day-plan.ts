import {
  type ChannelId,
  channelIdSchema,
  type Instant,
  type MemberId,
  memberIdSchema,
  type StudyDate,
  type SubmissionId,
  studyDateSchema,
  submissionIdSchema,
  type TenantId,
  tenantIdSchema,
} from "#core/ids";
import type { Request } from "#core/request";
import { nextDay, previousDay, studyDateAt, zoneSchema } from "#core/round/calendar";
import { defaultSettings, type Schedule } from "#core/schedule/schedule";
import { wallTimeSchema } from "#core/schedule/wall-time";
import { expectedInstant } from "#test/core/schedule/slow-calendar";
import { randomNumbers } from "#test/schedule/hazards";

/** What many tenants do on an ordinary day, each a pure function of its number, so that every process can make its share. */
export interface DayPlan {
  readonly tenants: number;
  readonly days: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Midnight in Shanghai, where half of the tenants are. */
export const DAYS_FROM: Instant = Date.UTC(2026, 5, 8, 16);
const ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/Sao_Paulo"];
/** Of eleven tenants one is a workspace and the others are guilds. */
const WORKSPACE_EVERY = 11;
const ANSWERS_A_DAY = 5;
/** How long after the post most have answered. */
const ANSWERED_WITHIN_MS = 8 * HOUR_MS;
/** Answers are as many, so that half of what is asked is looked up. */
const LOOK_UPS = [
  { command: "quiz", text: "" },
  { command: "hint", text: "" },
  { command: "streak", text: "" },
  { command: "vram", text: "qwen2.5-7b qlora bs=4 seq=2k 1x4090" },
  {
    command: "oom",
    text: "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.87 GiB. GPU 0 has a total capacity of 23.65 GiB of which 140.38 MiB is free.",
  },
] as const;
/** These need no round. */
const ANY_TIME: readonly string[] = ["vram", "oom"];
const TEXTS = [
  "灾难性遗忘是指学了新任务，把旧任务的能力忘了。Mix some old data into the training set, freeze most layers and train LoRA only.",
  "The optimizer keeps two moments in fp32, so the states weigh more than the weights; ZeRO shards them over the cards.",
  "显存主要被优化器状态、梯度和激活值占用，可以开梯度检查点、减小 batch，或者用 QLoRA。",
  "I am not sure, maybe the learning rate was too high and the model forgot what it knew.",
];

export const tenantAt = (at: number): TenantId =>
  tenantIdSchema.parse(at % WORKSPACE_EVERY === WORKSPACE_EVERY - 1 ? `slack:T${at}` : `discord:${at}`);

export const channelAt = (at: number): ChannelId => channelIdSchema.parse(`C${at}`);

const zoneAt = (at: number) =>
  zoneSchema.parse(at % 2 === 0 ? ZONES[0] : (ZONES[1 + (Math.floor(at / 2) % (ZONES.length - 1))] ?? ""));

/** When the tenant's questions are due within the days, with their dates; worked out by the slow calendar of the tests. */
export const duesAt = (
  at: number,
  days: number,
): readonly { readonly date: StudyDate; readonly at: Instant }[] => {
  const zone = zoneAt(at);
  const found: { readonly date: StudyDate; readonly at: Instant }[] = [];
  for (
    let date = previousDay(studyDateAt(DAYS_FROM, zone));
    date <= nextDay(studyDateAt(DAYS_FROM + days * DAY_MS, zone));
    date = nextDay(date)
  ) {
    const due = expectedInstant(zone, wallTimeSchema.parse(defaultSettings.time), date);
    if (due !== null && due >= DAYS_FROM && due < DAYS_FROM + days * DAY_MS)
      found.push({ date: studyDateSchema.parse(date), at: due });
  }
  return found;
};

export const scheduleOf = (at: number, days: number): Schedule => ({
  ...defaultSettings,
  tenant: tenantAt(at),
  channel: channelAt(at),
  zone: zoneAt(at),
  enabled: true,
  revision: 1,
  changedAt: DAYS_FROM,
  firstDate: duesAt(at, days)[0]?.date ?? studyDateSchema.parse("2026-06-09"),
  decidedBy: "admin",
});

export interface Asked {
  readonly at: Instant;
  readonly request: Request;
}

/** What the members of a tenant ask for, in no order. */
export const askedAt = (at: number, days: number): readonly Asked[] =>
  duesAt(at, days).flatMap(({ date, at: dueAt }, day) => {
    const random = randomNumbers(at * 7 + day);
    const end = DAYS_FROM + days * DAY_MS;
    // Not at once: what is asked in the minute of the post is a rush, which has a figure of its own.
    const afterPost = (): Instant =>
      dueAt +
      2 * MINUTE_MS +
      Math.floor(random() * Math.min(ANSWERED_WITHIN_MS, end - dueAt - 3 * MINUTE_MS));
    const anyTime = (): Instant => DAYS_FROM + Math.floor((day + random()) * DAY_MS);
    const asked = (name: string, command: string, text: string, when: Instant, member: MemberId): Asked => ({
      at: when,
      request: {
        tenant: tenantAt(at),
        channel: channelAt(at),
        member,
        role: "member",
        locale: at % 2 === 0 ? "zh" : "en",
        command,
        input: command === "answer" ? { kind: "typed", options: { text } } : { kind: "text", text },
        sentAt: when,
        submission: submissionOf(`${at}-${date}-${name}`),
        pictures: false,
      },
    });
    const members = Array.from({ length: ANSWERS_A_DAY }, (_, one) => memberIdSchema.parse(`m${at}-${one}`));
    return members.flatMap((member, one) => {
      const look = LOOK_UPS[one % LOOK_UPS.length] ?? LOOK_UPS[0];
      const when = ANY_TIME.includes(look.command) ? anyTime() : afterPost();
      const text = TEXTS[Math.floor(random() * TEXTS.length)] ?? "";
      return [
        asked(`answer-${one}`, "answer", text, afterPost(), member),
        asked(`look-${one}`, look.command, look.text, when, member),
      ];
    });
  });

const submissionOf = (name: string): SubmissionId => submissionIdSchema.parse(name);

/**
 * The instants at which every process looks at its channels and at what members ask: every five minutes, and more often
 * in the minute after a question is due, over which a crowd is spread. In between nothing happens, and time jumps.
 */
export const ticksOf = ({ tenants, days }: DayPlan): readonly Instant[] => {
  const ticks = new Set<Instant>();
  for (let tick = DAYS_FROM; tick <= DAYS_FROM + days * DAY_MS; tick += 5 * MINUTE_MS) ticks.add(tick);
  // The zones come round every so many tenants.
  for (let at = 0; at < Math.min(tenants, 2 * ZONES.length); at += 1)
    for (const due of duesAt(at, days))
      for (let tick = 0; tick <= 7; tick += 1) ticks.add(due.at + tick * 10_000);
  return [...ticks].toSorted((one, other) => one - other);
};
