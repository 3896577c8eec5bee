import { z } from "zod";
import type { Config } from "#src/config";
import { type Finding, on } from "./finding.ts";

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 1024 * 1024;

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/** What an address answers; null where nothing comes. No redirect is followed: the key goes to this host alone. */
const askAt = async (url: string, headers: Readonly<Record<string, string>>) => {
  try {
    const response = await fetch(url, {
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { value } = (await response.body?.getReader().read()) ?? {};
    const text = new TextDecoder().decode(value?.subarray(0, MOST_BYTES));
    return { status: response.status, location: response.headers.get("location") ?? "", text };
  } catch {
    return null;
  }
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Asks the judge which models it has, which costs nothing; some have no such list. */
export const askJudge = async ({
  url,
  key,
  model,
}: NonNullable<Config["judge"]>): Promise<readonly Finding[]> => {
  const judge = on("judge");
  const { host } = new URL(url);
  const answer = await askAt(`${url.replace(/\/+$/, "")}/models`, { authorization: `Bearer ${key}` });
  if (answer === null) return [judge.fail((say) => say.doctor.judgeAway(host))];
  if (answer.status === 401 || answer.status === 403)
    return [judge.fail((say) => say.doctor.judgeKey(host, answer.status))];
  const known = modelsSchema.safeParse(jsonIn(answer.text)).data?.data.map(({ id }) => id);
  return known === undefined || known.includes(model)
    ? [judge.ok((say) => say.doctor.judge(host))]
    : [judge.warn((say) => say.doctor.judgeModel(host, model))];
};

/** Where a bot that receives deliveries over HTTP sends those who want to add it. */
const INSTALLATION = { path: "/slack/install", holds: /\/oauth\/v2\/authorize/ };

/** Whether the address that Slack delivers to leads to a bot from here. */
export const askOwnAddress = async (url: string): Promise<readonly Finding[]> => {
  const slack = on("slack");
  const answer = await askAt(`${url.replace(/\/+$/, "")}${INSTALLATION.path}`, {});
  if (answer === null) return [slack.warn((say) => say.doctor.ownAddressAway(url))];
  const { status, location, text } = answer;
  return INSTALLATION.holds.test(`${location}\n${text}`)
    ? [slack.ok((say) => say.doctor.ownAddress(url))]
    : [slack.warn((say) => say.doctor.ownAddressElsewhere(url, status))];
};
