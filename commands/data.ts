import { z } from "zod";
import { defineCommand, type RequestWith } from "#core/command";
import { exportMember, filesOf } from "#core/erasure/export";
import { eraseMember } from "#core/erasure/member";
import { exportTeam, MOST_MEGABYTES } from "#core/erasure/team-export";
import { eraseTenant } from "#core/erasure/tenant";
import { KEPT_DAYS, keptDaysOf, setKeptDays } from "#core/erasure/texts";
import { fingerprint } from "#core/fingerprint";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { type Block, type Button, type Form, privateReply, type Reply } from "#core/reply";
import type { Services } from "#core/services";

/** How long a button that deletes everything can be pressed. */
const SURE_MS = 10 * 60_000;

const options = z.object({
  what: z
    .enum(["export", "delete"])
    .optional()
    .meta({
      positional: true,
      bare: true,
      words: { export: ["导出", "download"], delete: ["删除", "erase", "forget"] },
      label: { zh: "做什么", en: "what" },
      description: "export or delete",
    }),
  whose: z
    .enum(["mine", "team"])
    .optional()
    .meta({
      bare: true,
      words: { mine: ["我的", "me", "my"], team: ["团队", "tenant", "server", "workspace"] },
      label: { zh: "谁的", en: "whose" },
      description: "mine, or the whole team's (admins)",
    }),
  keep: z
    .int()
    .min(0)
    .max(KEPT_DAYS.most)
    .optional()
    .meta({
      aliases: ["保留", "days"],
      label: { zh: "保留天数", en: "keep" },
      description: "admins: for how many days the words of answers are kept, 30 to 3650; 0 for the usual",
    }),
  /** Set by the button that asks whether one is sure: when it was shown. */
  asked: z.int().nonnegative().optional(),
  /** Set by the form: what was typed to confirm. */
  confirm: z.string().max(100).optional(),
});

type DataRequest = RequestWith<z.output<typeof options>>;

/** @throws Refusal for everybody but admins */
function requireAdmin({ role }: DataRequest): void {
  if (role !== "admin") throw new Refusal((say) => say.data.adminsOnly);
}

/** What was asked for earlier is done as of now; what a platform says was sent later counts as sent before it. */
const instantOf = ({ sentAt }: DataRequest, { clock }: Services): number => Math.max(sentAt, clock.now());

const dataButton = (label: string, typed: string, style: Button["style"] = "secondary"): Button => {
  const [what = "", whose] = typed.split(" ");
  const action = { command: "data", options: whose === undefined ? { what } : { what, whose } };
  return { label, action, typed: `/data ${typed}`, style };
};

async function overview(request: DataRequest, services: Services): Promise<Reply> {
  const say = messagesFor(request.locale).data;
  const forAdmins = [
    dataButton(say.exportTeam, "export team"),
    dataButton(say.deleteTeam, "delete team", "danger"),
  ];
  return privateReply(
    { kind: "heading", text: say.title },
    { kind: "text", text: say.about(await keptDaysOf(request.tenant, services)) },
    {
      kind: "buttons",
      buttons: [
        dataButton(say.exportMine, "export"),
        dataButton(say.deleteMine, "delete", "danger"),
        ...(request.role === "admin" ? forAdmins : []),
      ],
    },
  );
}

/** Everything is read for an export: once in a while is enough for anybody. */
const BETWEEN_EXPORTS_S = 30;

/** @throws Refusal where the member had one a moment ago */
async function takeTurn({ tenant, member }: DataRequest, { store }: Services): Promise<void> {
  const name = `export/${fingerprint([tenant, member])}`;
  if ((await store.takeTurn(name, 1 / BETWEEN_EXPORTS_S, 0)) === null)
    throw new Refusal((say) => say.data.exportedJustNow(BETWEEN_EXPORTS_S));
}

async function exportMine(request: DataRequest, services: Services): Promise<Reply> {
  const { tenant, member, locale } = request;
  await takeTurn(request, services);
  const files = filesOf(await exportMember({ tenant, member, at: services.clock.now() }, services));
  const nameOf = (at: number): string =>
    files.length === 1 ? "rehearsal-me.json" : `rehearsal-me-${at + 1}.json`;
  return privateReply(
    { kind: "text", text: messagesFor(locale).data.exported(files.length) },
    ...files.map((content, at): Block => ({ kind: "file", name: nameOf(at), content })),
  );
}

async function deleteMine(request: DataRequest, services: Services): Promise<Reply> {
  const { tenant, member, locale, sentAt, options: given } = request;
  const say = messagesFor(locale).data;
  if (given.asked === undefined) {
    const asked = services.clock.now();
    const sure: Button = {
      label: say.sureButton,
      action: { command: "data", options: { what: "delete", whose: "mine", asked } },
      typed: `/data delete mine asked=${asked}`,
      style: "danger",
    };
    return privateReply(
      { kind: "heading", text: say.sureTitle },
      { kind: "text", text: say.sure },
      { kind: "buttons", buttons: [sure, dataButton(say.exportFirst, "export")] },
    );
  }
  if (Math.abs(sentAt - given.asked) > SURE_MS) throw new Refusal((messages) => messages.data.tooOld);
  await eraseMember({ tenant, member, at: instantOf(request, services) }, services);
  const backups = request.role === "admin" ? [{ kind: "note" as const, text: say.backups }] : [];
  return { ...privateReply({ kind: "text", text: say.deleted }, ...backups), placement: "edit" };
}

async function exportAll(request: DataRequest, services: Services): Promise<Reply> {
  await takeTurn(request, services);
  const found = await exportTeam(request.tenant, services.clock.now(), services.store);
  if (found === null) throw new Refusal((say) => say.data.teamTooLarge(MOST_MEGABYTES));
  return privateReply(
    { kind: "text", text: messagesFor(request.locale).data.teamExported(found.records) },
    { kind: "file", name: "rehearsal-team.jsonl", content: found.content },
  );
}

const teamForm = ({ locale }: Pick<DataRequest, "locale">): Form => {
  const say = messagesFor(locale).data;
  return {
    title: say.teamForm,
    submit: say.deleteTeam,
    fields: [
      {
        option: "confirm",
        label: say.teamField(say.teamWord),
        placeholder: say.teamWord,
        multiline: false,
        maxLength: 100,
      },
    ],
    action: { command: "data", options: { what: "delete", whose: "team" } },
  };
};

/** The words to type, in either language. */
const isMeant = (typed: string): boolean =>
  (["en", "zh"] as const).some(
    (locale) => messagesFor(locale).data.teamWord === typed.trim().toLowerCase().replace(/\s/g, "-"),
  );

async function deleteAll(request: DataRequest, services: Services): Promise<Reply> {
  const { confirm } = request.options;
  const say = messagesFor(request.locale).data;
  if (confirm === undefined)
    return privateReply(
      { kind: "form", form: teamForm(request) },
      { kind: "text", text: say.teamSure(say.teamWord) },
      { kind: "note", text: `/data delete team confirm=${say.teamWord}` },
    );
  if (!isMeant(confirm)) throw new Refusal((messages) => messages.data.teamWrong(messages.data.teamWord));
  await eraseTenant(request.tenant, instantOf(request, services), services);
  return privateReply({ kind: "text", text: say.teamDeleted }, { kind: "note", text: say.backups });
}

/** @throws Refusal where it is for so few days that nobody could look back */
async function setKept(keep: number, request: DataRequest, services: Services): Promise<Reply> {
  const { tenant, locale } = request;
  if (keep !== 0 && keep < KEPT_DAYS.least)
    throw new Refusal((say) => say.options.tooSmall("keep", String(keep), KEPT_DAYS.least));
  await setKeptDays(tenant, keep === 0 ? null : keep, services);
  const days = await keptDaysOf(tenant, services);
  const say = messagesFor(locale).data;
  return privateReply({ kind: "text", text: keep === 0 ? say.keptUsual(days) : say.keptDays(days) });
}

async function run(request: DataRequest, services: Services): Promise<Reply> {
  const { what, whose = "mine", keep } = request.options;
  if (keep !== undefined || whose === "team") requireAdmin(request);
  if (keep !== undefined) return setKept(keep, request, services);
  if (what === undefined) return overview(request, services);
  if (what === "export")
    return whose === "team" ? exportAll(request, services) : exportMine(request, services);
  return whose === "team" ? deleteAll(request, services) : deleteMine(request, services);
}

export const data = defineCommand({
  name: "data",
  who: "member",
  where: "everywhere",
  hasEditorsDesk: true,
  summary: {
    zh: "导出或删除关于我的数据（管理员也可处理团队的）",
    en: "Export or delete what is kept of you (admins: of the team)",
  },
  examples: ["/data", "/data export", "/data delete"],
  options,
  shorthands: [],
  run,
});
