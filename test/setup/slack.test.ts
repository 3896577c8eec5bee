import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commands } from "#commands/index";
import type { Locale } from "#core/language";
import { messagesFor } from "#core/messages/index";
import { Refusal } from "#core/refusal";
import { creationUrl, manifest } from "#src/adapters/slack/manifest";
import { botScopes, featuresWithout } from "#src/adapters/slack/manifest-scopes";
import { type SlackSetup, setUpSlack } from "#src/setup/slack";
import { SlackApi } from "#src/setup/slack-api";
import { readPrefix, readUrl, readWithout } from "#src/setup/slack-flags";
import { APP_TOKEN, BOT_TOKEN, type FakeSlack, startFakeSlack } from "./fake-slack.ts";

let slack: FakeSlack;
let folder: string;
let envFile: string;
beforeAll(async () => {
  slack = await startFakeSlack(botScopes());
});
afterAll(() => slack.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-setup-"));
  envFile = join(folder, ".env");
  slack.scopes = botScopes();
  slack.posted.length = 0;
  slack.calls.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Course {
  readonly said: string;
  readonly asked: readonly (readonly [question: string, secret: boolean])[];
  /** How it was refused in the end; null where it went through. */
  readonly refusal: string | null;
  readonly pauses: readonly number[];
}

type Changes = Partial<SlackSetup> & { readonly apiUrl?: string; readonly without?: readonly string[] };

/** The set-up with somebody who types these answers. */
async function setUp(
  typed: readonly string[],
  { apiUrl, without = [], ...more }: Changes = {},
): Promise<Course> {
  const said: string[] = [];
  const asked: [string, boolean][] = [];
  const pauses: number[] = [];
  const answers = [...typed];
  const locale: Locale = more.locale ?? "en";
  const url = more.url ?? null;
  const features = featuresWithout(without);
  const app = manifest({ commands, locale, prefix: "", features, url });
  const refusal = await setUpSlack({
    asking: {
      say: (text) => void said.push(text),
      ask: async (question, how) => {
        asked.push([question, how?.secret === true]);
        return answers.shift() ?? null;
      },
    },
    bot: { manifest: app, creationUrl: creationUrl(app), features },
    api: new SlackApi(apiUrl ?? slack.api, async (ms) => void pauses.push(ms)),
    environment: {},
    envFile,
    manifestFile: join(folder, "slack-manifest.json"),
    write: (file, text) => {
      writeFileSync(file, text);
      return true;
    },
    url,
    prefix: "",
    newSealKey: () => "k1:c2VhbA",
    unattended: false,
    locale,
    ...more,
  }).then(
    () => null,
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return error.sentence(messagesFor(locale));
    },
  );
  return { said: said.join("\n"), asked, refusal, pauses };
}

const say = messagesFor("en").setupSlack;
const written = () => readFileSync(envFile, "utf8");

describe("npm run setup slack", () => {
  it("writes the manifest, checks both tokens unseen, posts a test and writes the settings", async () => {
    const { said, asked, refusal } = await setUp([BOT_TOKEN, APP_TOKEN, "C0123456", "y"]);
    expect(refusal).toBeNull();
    expect(asked.map(([, secret]) => secret)).toEqual([true, true, false, false]);
    expect(JSON.parse(readFileSync(join(folder, "slack-manifest.json"), "utf8"))).toMatchObject({
      settings: { socket_mode_enabled: true },
    });
    expect(said).toContain("https://api.slack.com/apps?new_app=1&manifest_json=");
    expect(said).toContain(say.tokenWorks("rehearsal", "Study"));
    expect(said).toContain(say.allScopes);
    expect(said).toContain(say.connects);
    expect(said).not.toContain(BOT_TOKEN);
    expect(slack.posted).toEqual([["C0123456", say.testPost]]);
    expect(written()).toBe(
      `REHEARSAL_SLACK_BOT_TOKEN=${BOT_TOKEN}\nREHEARSAL_SLACK_APP_TOKEN=${APP_TOKEN}\nREHEARSAL_SLACK_PREFIX=\n`,
    );
  });

  it("sends each token where it belongs and nowhere else", async () => {
    await setUp([BOT_TOKEN, APP_TOKEN, "C0123456", "n"]);
    expect(slack.calls).toEqual([
      ["auth.test", BOT_TOKEN],
      ["apps.connections.open", APP_TOKEN],
      ["chat.postMessage", BOT_TOKEN],
    ]);
  });

  it("says which scopes are missing and what for, and goes on without them", async () => {
    slack.scopes = botScopes().filter((scope) => scope !== "files:read" && scope !== "im:history");
    const { said, refusal } = await setUp([BOT_TOKEN, APP_TOKEN, "", "y"], { locale: "zh" });
    expect(refusal).toBeNull();
    expect(said).toContain("files:read：读取作为文件附上的日志");
    expect(said).toContain("im:history：接收私信里的回答和命令");
    expect(said).not.toContain(messagesFor("zh").setupSlack.allScopes);
  });

  it("asks for no scope of a part that is left out, and says which are not needed", async () => {
    const { said } = await setUp([BOT_TOKEN, APP_TOKEN, "", "n"], { without: ["logs", "direct"] });
    expect(said).toContain(say.allScopes);
    expect(said).toContain(say.tooMany(["im:history", "im:write", "files:read"]));
  });

  it("does not go on without a scope that everything needs", async () => {
    slack.scopes = ["chat:write"];
    const { refusal } = await setUp([BOT_TOKEN, BOT_TOKEN, BOT_TOKEN]);
    expect(refusal).toBe(say.lacksNeeded("commands"));
  });

  it.each([
    [APP_TOKEN, say.mistaken("app-token")],
    ["xoxp-1234567890-abc", say.mistaken("user-token")],
    ["https://hooks.slack.com/services/T/B/x", say.mistaken("webhook")],
    ["xoxb-12 34", say.mistaken("blanks")],
    ["hello", say.mistaken("shape")],
    ["xoxb-0000000000-wrongwrong", say.wrongToken("invalid_auth")],
  ])("says what was pasted in place of the bot's token, and asks again: %.20s", async (pasted, sentence) => {
    const { said, refusal } = await setUp([pasted, BOT_TOKEN, APP_TOKEN, "", "n"]);
    expect(refusal).toBeNull();
    expect(said).toContain(sentence);
  });

  it("takes no app-level token that opens no connection", async () => {
    const asked = setUp([BOT_TOKEN, "xapp-1-A0-0-wrongwrong", APP_TOKEN, "", "n"]);
    const { said, refusal } = await asked;
    expect(refusal).toBeNull();
    expect(said).toContain(say.wrongAppToken("invalid_auth"));
  });

  it("says how to let the bot into a channel where it is not yet", async () => {
    const { said, refusal } = await setUp([BOT_TOKEN, APP_TOKEN, "#elsewhere", "C0123456", "n"]);
    expect(refusal).toBeNull();
    expect(said).toContain("/invite @Rehearsal");
    expect(slack.posted).toHaveLength(1);
  });

  it("waits where Slack asks for it, and gives up where that is too long", async () => {
    slack.next(429, { ok: false, error: "ratelimited" }, { "retry-after": "2" });
    expect((await setUp([BOT_TOKEN, APP_TOKEN, "", "n"])).pauses).toEqual([2000]);
    slack.next(429, { ok: false, error: "ratelimited" }, { "retry-after": "600" });
    expect((await setUp([BOT_TOKEN])).refusal).toBe(say.busy(600));
  });

  it("says that Slack cannot be reached where it cannot", async () => {
    const { refusal } = await setUp([BOT_TOKEN], { apiUrl: "http://127.0.0.1:1/api" });
    expect(refusal).toBe(say.unreachable("127.0.0.1:1"));
  });

  it("asks nothing where everything is set, and names the variable that is not", async () => {
    const environment = { REHEARSAL_SLACK_BOT_TOKEN: BOT_TOKEN, REHEARSAL_SLACK_APP_TOKEN: APP_TOKEN };
    const { asked, refusal } = await setUp([], { environment, unattended: true });
    expect([asked, refusal]).toEqual([[], null]);
    expect(written()).toContain(BOT_TOKEN);
    const { refusal: missing } = await setUp([], { unattended: true });
    expect(missing).toBe(say.none("REHEARSAL_SLACK_BOT_TOKEN"));
  });

  it("asks for what HTTP needs, makes a key for the workspaces' tokens, and keeps one that is there", async () => {
    const [id, secret, signing] = ["123456789.987654321", "0".repeat(32), "f".repeat(32)];
    const url = "https://study.example.com";
    const { refusal, said } = await setUp([id, secret, signing, "y"], { url });
    expect(refusal).toBeNull();
    expect(said).toContain(`${url}/slack/install`);
    expect(written()).toBe(
      [
        `REHEARSAL_SLACK_URL=${url}`,
        `REHEARSAL_SLACK_CLIENT_ID=${id}`,
        `REHEARSAL_SLACK_CLIENT_SECRET=${secret}`,
        `REHEARSAL_SLACK_SIGNING_SECRET=${signing}`,
        "REHEARSAL_SLACK_SEAL_KEYS=k1:c2VhbA",
        "REHEARSAL_SLACK_PREFIX=\n",
      ].join("\n"),
    );
    await setUp([id, secret, signing, "y"], { url, environment: { REHEARSAL_SLACK_SEAL_KEYS: "k0:b2xk" } });
    expect(written()).toContain("REHEARSAL_SLACK_SEAL_KEYS=k0:b2xk");
  });

  it("takes out what the other mode needs, since the two are not to stand beside each other", async () => {
    const environment = { REHEARSAL_SLACK_CLIENT_ID: "1.2", REHEARSAL_SLACK_CLIENT_SECRET: "x" };
    writeFileSync(envFile, "REHEARSAL_SLACK_CLIENT_ID=1.2\nREHEARSAL_SLACK_CLIENT_SECRET=x\n");
    await setUp([BOT_TOKEN, APP_TOKEN, "", "y"], { environment });
    expect(written()).toContain("REHEARSAL_SLACK_CLIENT_ID=\nREHEARSAL_SLACK_CLIENT_SECRET=\n");
    expect(written()).toContain(BOT_TOKEN);
  });

  it("writes nothing when it is told not to, or when the input ends", async () => {
    const { said } = await setUp([BOT_TOKEN, APP_TOKEN, "", "n"]);
    expect(said).toContain("REHEARSAL_SLACK_BOT_TOKEN, REHEARSAL_SLACK_APP_TOKEN");
    expect((await setUp([BOT_TOKEN])).refusal).toBe(messagesFor("en").setup.ended);
    expect(written).toThrow("ENOENT");
  });
});

describe("what stands behind npm run setup slack --", () => {
  it("is an address that Slack can reach, a prefix that commands can have, and parts that there are", () => {
    expect(readUrl("")).toBeNull();
    expect(readUrl(" https://study.example.com/ ")).toBe("https://study.example.com");
    for (const url of [
      "http://study.example.com",
      "study.example.com",
      "https://a/b",
      "https://u@a",
      "https://a/?x",
    ])
      expect(() => readUrl(url)).toThrow(Refusal);
    expect(readPrefix("RH-")).toBe("rh-");
    for (const prefix of ["/rh", "much-too-long-a-prefix", "-rh"])
      expect(() => readPrefix(prefix)).toThrow(Refusal);
    expect(readWithout("logs, mentions", ["logs", "mentions"])).toEqual(["logs", "mentions"]);
    expect(() => readWithout("posts", ["logs"])).toThrow(Refusal);
  });
});
