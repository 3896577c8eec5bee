import { z } from "zod";
import { questionPost } from "#core/announcing/posts";
import { sampleFacts } from "#core/announcing/sample";
import { defineCommand, type RequestWith } from "#core/command";
import { type ChannelId, channelIdSchema } from "#core/ids";
import { localeSchema } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { type Block, privateReply, publicReply, type Reply } from "#core/reply";
import type { Request } from "#core/request";
import { defaultThresholds, HIGHEST_PASS_SCORE } from "#core/round/passing";
import type { Services } from "#core/services";
import {
  type ChannelSettings,
  changeSettings,
  nextQuestion,
  readSettings,
  runningOut,
  type SettingsPatch,
} from "#core/settings/apply";
import { excuseDate, excusedLately } from "#core/settings/excusing";
import { settingsPanel } from "#core/settings/panel";
import { isTyped, settingsSteps, typingForm } from "#core/settings/steps";
import {
  readCatchUp,
  readClose,
  readEditors,
  readHolidays,
  readTime,
  readTopics,
  readWeekdays,
} from "#core/settings/values";
import { findZone } from "#core/zones";

const word = z.string().max(64);

const options = z.object({
  time: word.optional().meta({
    aliases: ["时间", "at"],
    label: { zh: "时间", en: "time" },
    description: "when the question comes: 9:00",
  }),
  zone: word.optional().meta({
    aliases: ["时区", "城市", "timezone", "tz", "city"],
    label: { zh: "时区", en: "time zone" },
    description: "a city or a zone: Shanghai, Europe/Berlin",
    suggest: "zone",
  }),
  weekdays: z
    .array(word)
    .max(14)
    .optional()
    .meta({
      aliases: ["星期", "days"],
      label: { zh: "星期", en: "weekdays" },
      description: "1-5, Mon-Fri, every-day; 1 is Monday",
    }),
  holidays: word.optional().meta({
    aliases: ["节假日", "假日"],
    label: { zh: "节假日", en: "holidays" },
    description: "whose public holidays have no question: CN, DE-BY, none",
    suggest: "holidays",
  }),
  topics: z
    .array(word)
    .max(25)
    .optional()
    .meta({
      aliases: ["主题", "topic"],
      label: { zh: "主题", en: "topics" },
      description: "the topics that are asked, or all",
      suggest: "topic",
    }),
  language: localeSchema.optional().meta({
    aliases: ["语言", "lang", "locale"],
    words: { zh: ["中文", "chinese", "zh-cn", "汉语"], en: ["英文", "english", "英语"] },
    label: { zh: "语言", en: "language" },
    description: "the language of the daily post",
  }),
  close: word.optional().meta({
    aliases: ["截止", "closes"],
    label: { zh: "截止", en: "close" },
    description: "after how many hours it closes, 8 to 24, or next",
  }),
  reveal: z
    .boolean()
    .optional()
    .meta({
      aliases: ["揭晓"],
      label: { zh: "揭晓", en: "reveal" },
      description: "whether key points are posted at the close",
    }),
  report: z
    .boolean()
    .optional()
    .meta({
      aliases: ["周报", "weekly"],
      label: { zh: "周报", en: "report" },
      description: "whether the week is summed up on Mondays",
    }),
  score: z
    .int()
    .min(defaultThresholds.score)
    .max(HIGHEST_PASS_SCORE)
    .optional()
    .meta({
      aliases: ["打卡线", "pass", "pass_score"],
      label: { zh: "打卡线", en: "pass score" },
      description: "the score from which on an answer earns the day",
    }),
  excuse: word.optional().meta({
    aliases: ["免答", "免答日"],
    label: { zh: "免答日", en: "excused day" },
    description: "a date on which nobody has to answer: 12-25",
  }),
  catchup: word.optional().meta({
    aliases: ["补发", "catch_up", "late"],
    label: { zh: "补发", en: "catch-up" },
    description: "how many hours late it may still be posted, 1 to 24",
  }),
  editors: z
    .array(z.string().min(1).max(200))
    .max(25)
    .optional()
    .meta({
      aliases: ["编辑"],
      label: { zh: "编辑身份组", en: "editors" },
      description: "roles whose members are editors",
      picks: "roles",
    }),
  channel: channelIdSchema.optional().meta({
    aliases: ["频道"],
    label: { zh: "频道", en: "channel" },
    description: "the channel, where it is not this one",
    picks: "channel",
  }),
  on: z
    .boolean()
    .optional()
    .meta({
      bare: true,
      aliases: ["enabled", "开启"],
      words: { true: ["on", "开启", "启用"], false: ["off", "关闭", "停用"] },
      label: { zh: "开启", en: "on" },
      description: "switch the daily question on or off",
    }),
  preview: z
    .boolean()
    .optional()
    .meta({
      aliases: ["预览"],
      label: { zh: "预览", en: "preview" },
      description: "show what the daily post looks like",
    }),
  test: z
    .boolean()
    .optional()
    .meta({
      aliases: ["试发"],
      label: { zh: "试发", en: "test" },
      description: "post an example in the channel",
    }),
  /** Set by the form: what it asks for next. Its reply then takes the form's place. */
  step: z.enum(settingsSteps).optional(),
  /** Set by the form: what is asked for is to be typed. */
  ask: z.boolean().optional(),
});

type Options = z.output<typeof options>;
type SettingsRequest = RequestWith<Options>;

/** What the options say, as values of a schedule. */
async function patchFrom(given: Options, { places, holidays, library }: Services): Promise<SettingsPatch> {
  const { time, zone, weekdays, topics, language, close, reveal, report, score, catchup, editors } = given;
  return {
    ...(time === undefined ? {} : { time: readTime(time) }),
    ...(zone === undefined ? {} : { zone: findZone(zone, places) }),
    ...(weekdays === undefined ? {} : { weekdays: readWeekdays(weekdays) }),
    ...(given.holidays === undefined
      ? {}
      : { holidays: await readHolidays(given.holidays, places, holidays) }),
    ...(topics === undefined ? {} : { topics: readTopics(topics, library) }),
    ...(language === undefined ? {} : { locale: language }),
    ...(close === undefined ? {} : { closesAfterHours: readClose(close) }),
    ...(reveal === undefined ? {} : { reveal }),
    ...(report === undefined ? {} : { report }),
    ...(score === undefined ? {} : { passScore: score }),
    ...(catchup === undefined ? {} : { catchUpMs: readCatchUp(catchup) }),
    ...(editors === undefined ? {} : { editors: readEditors(editors) }),
  };
}

/** The variables that decide the time of this channel; empty where /settings does. */
const fixedByOf = ({ tenant }: Request, { local }: Services): readonly string[] =>
  local?.tenant === tenant ? local.fixedBy : [];

const fixable = ["time", "zone", "weekdays", "holidays", "on"] as const;

/** @throws Refusal where there is nothing of what is to be changed, or the environment decides it */
function refuseElsewhere(request: SettingsRequest, services: Services): void {
  const { options: given, tenant } = request;
  const { local } = services;
  if (local?.tenant !== tenant) return;
  if (given.channel !== undefined && given.channel !== local.channel)
    throw new Refusal((say) => say.settings.onlyHere);
  if (given.editors !== undefined && given.editors.length > 0)
    throw new Refusal((say) => say.settings.noRolesHere);
  const { fixedBy } = local;
  if (fixedBy.length > 0 && fixable.some((option) => given[option] !== undefined))
    throw new Refusal((say) => say.settings.fixed(fixedBy));
}

/** The daily post as an example: without its buttons, since nothing is asked. */
async function example(of: ChannelSettings, services: Services): Promise<readonly Block[]> {
  const { blocks } = questionPost(await sampleFacts(of, services));
  return blocks.filter(({ kind }) => kind !== "buttons");
}

async function testPost(of: ChannelSettings, request: SettingsRequest, services: Services): Promise<Reply> {
  const { tenant, channel, settings } = of;
  const title: Block = { kind: "note", text: messagesFor(settings.locale).settings.testTitle };
  const post = publicReply(title, ...(await example(of, services)));
  if (services.channels === undefined) return post;
  await services.channels.post(tenant, channel, post, request.submission);
  return privateReply({ kind: "text", text: messagesFor(request.locale).settings.tested });
}

/** @throws Refusal where the tenant has no such channel: an id may come from anywhere */
async function channelMeant(
  { options: { channel }, tenant, ...request }: SettingsRequest,
  { channels }: Services,
): Promise<ChannelId> {
  if (channel === undefined || channel === request.channel) return request.channel;
  return channels === undefined ? channel : channels.find(tenant, channel);
}

async function run(request: SettingsRequest, services: Services): Promise<Reply> {
  const { options: given, tenant, locale } = request;
  refuseElsewhere(request, services);
  const channel = await channelMeant(request, services);
  const patch = await patchFrom(given, services);
  const isChange = given.on !== undefined || Object.keys(patch).length > 0;
  const of = isChange
    ? await changeSettings(patch, given.on, { tenant, channel, locale }, services)
    : await readSettings(tenant, channel, locale, services);
  const say = messagesFor(locale);
  const excusal = given.excuse === undefined ? null : await excuseDate(given.excuse, of, request, services);
  if (given.test === true) return testPost(of, request, services);
  if (given.preview === true)
    return privateReply({ kind: "note", text: say.settings.previewTitle }, ...(await example(of, services)));
  const view = {
    of,
    // What was typed is done with; the menu stays where it was picked from.
    step:
      given.ask === true && (isChange || excusal !== null)
        ? ("all" as const)
        : (given.step ?? ("all" as const)),
    locale,
    say,
    isShared: services.local?.tenant !== tenant,
    excused: await excusedLately(of, services),
  };
  const next = await nextQuestion(of, services);
  const obstacle = services.channels?.obstacle(tenant, channel) ?? null;
  const runsOut = await runningOut(of, services);
  const remarks = [
    ...(isChange ? [say.settings.saved] : []),
    ...(excusal === null ? [] : [say.settings.excused(excusal.date)]),
    ...(obstacle === null ? [] : [obstacle(say)]),
    ...(runsOut === null ? [] : [say.settings.runsOut(runsOut.left, runsOut.on)]),
  ];
  const reply = settingsPanel(view, next, fixedByOf(request, services), services, remarks);
  return given.step === undefined ? reply : { ...reply, placement: "edit" };
}

export const settings = defineCommand({
  name: "settings",
  who: "admin",
  where: "everywhere",
  summary: {
    zh: "每日一题的时间、时区、主题等设置（管理员）",
    en: "When and how the daily question comes (admins)",
  },
  examples: ["/settings", "/settings time=9:00 zone=上海 weekdays=1-5 holidays=CN on", "/settings preview"],
  options,
  shorthands: [],
  form: ({ ask, step, channel, time, zone, holidays, excuse }, locale) => {
    const isTypedIn = [time, zone, holidays, excuse].some((value) => value !== undefined);
    if (ask !== true || isTypedIn || !isTyped(step)) return null;
    return typingForm(step, channel === undefined ? {} : { channel }, messagesFor(locale));
  },
  run,
});
