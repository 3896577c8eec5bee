import { channelIdSchema, memberIdSchema, roundIdSchema, type TenantId } from "#core/ids";
import { fromPart, type TenantKeys, tenantKeys } from "./keys.ts";
import type { RedisServer } from "./server.ts";

/** What a script is given behind ARGV[1]; ids and names as `toPart` writes them. */
export type EffectArgs = readonly string[];

/**
 * What changes a tenant: the names of scripts that write one entry of its journal each. They stand in the journals of
 * running databases, as does what each argument means: a change of either is another layout.
 */
export type EffectName =
  | "answer"
  | "close-round"
  | "credit"
  | "field"
  | "forget"
  | "hide"
  | "hint"
  | "installation"
  | "open-round"
  | "post-record"
  | "swap-field";

/** Older releases wrote fewer, and the last one is never written: what is not there is empty. */
const ANSWER_ARGS = 14;

const memberIn = (part = "") => memberIdSchema.parse(fromPart(part));
const roundIn = (part = "") => roundIdSchema.parse(fromPart(part));
const channelIn = (part = "") => channelIdSchema.parse(fromPart(part));

/** Hashes of which single fields are set, by the name that stands in the journal. */
const hashes: Readonly<Record<string, (keys: TenantKeys, whose: string) => string>> = {
  choices: (keys, whose) => keys.choices(memberIn(whose)),
  excusals: (keys, whose) => keys.excusals(channelIn(whose)),
  named: (keys) => keys.named,
  offers: (keys, whose) => keys.offers(roundIn(whose)),
  practises: (keys, whose) => keys.member(memberIn(whose)),
};

const hashNamed = (keys: TenantKeys, [name = "", whose = ""]: EffectArgs): string => {
  const hash = hashes[name];
  if (hash === undefined) throw new Error(`there is no hash ${name}`);
  return hash(keys, whose);
};

const recordingKeys = (keys: TenantKeys, [member = "", round = ""]: EffectArgs): string[] =>
  keys.ofAnswer(member, round);

/** Of what is done with an answer that is there: whose data was deleted does not matter any more. */
export const answerKeys = (keys: TenantKeys, args: EffectArgs): string[] =>
  recordingKeys(keys, args).slice(0, -1);

/** The keys of an effect out of its arguments alone, so that it can be played again from the journal. */
const keysOf: Readonly<Record<EffectName, (keys: TenantKeys, args: EffectArgs) => string[]>> = {
  answer: recordingKeys,
  "close-round": ({ journal, rounds, closed }) => [journal, rounds, closed],
  credit: (keys, [member]) => [keys.journal, keys.member(memberIn(member))],
  field: (keys, args) => [keys.journal, hashNamed(keys, args)],
  forget: ({ journal, erased }) => [journal, erased],
  hide: ({ journal, hidden }) => [journal, hidden],
  hint: (keys, [member]) => [keys.journal, keys.hints(memberIn(member))],
  installation: ({ journal, installation }) => [journal, installation],
  "open-round": (keys, [channel]) => [
    keys.journal,
    keys.rounds,
    keys.closed,
    keys.roundsByDate(channelIn(channel)),
    keys.roundsByOpening(channelIn(channel)),
  ],
  "post-record": (keys, [channel]) => [
    keys.journal,
    keys.posts(channelIn(channel)),
    keys.postsByDate(channelIn(channel)),
    keys.unsettled(channelIn(channel)),
  ],
  "swap-field": (keys, args) => [keys.journal, hashNamed(keys, args)],
};

const isEffect = (name: string): name is EffectName => Object.hasOwn(keysOf, name);

export type Effects = ReturnType<typeof effectsOn>;

/** Brings effects about, and again. */
export const effectsOn = (server: RedisServer) => ({
  apply: (tenant: TenantId, name: EffectName, args: EffectArgs): Promise<unknown> =>
    server.write(name, keysOf[name](tenantKeys(tenant), args), ["", ...args]),

  /** Brings about what entry `0-number` of the tenant's journal says, without writing it once more. */
  replay: (tenant: TenantId, number: number, name: string, args: EffectArgs): Promise<unknown> => {
    if (!isEffect(name)) throw new Error(`entry ${number} of a journal is no effect: ${name}`);
    const lacking = name === "answer" ? ANSWER_ARGS - args.length : 0;
    const all = [String(number), ...args, ...Array.from({ length: lacking }, () => "")];
    return server.read(name, keysOf[name](tenantKeys(tenant), args), all);
  },
});
