import { createHmac } from "node:crypto";
import { request } from "node:http";
import type { DeliveryFaults, RedeliverOptions } from "./faults.ts";
import type { SentToApp } from "./records.ts";

interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
  /** The app asks not to be told again. */
  readonly noRetry: boolean;
}

type Forgery = NonNullable<Parameters<DeliveryFaults["badSignature"]>[0]>;

/** Posts to one of the app's URLs; status 0 where nobody is there. */
function post(url: string, { headers, body }: Signed): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const gone = () => resolve({ status: 0, body: "", contentType: "", noRetry: false });
    const sent = request(
      url,
      { method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", gone);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString(),
            contentType: response.headers["content-type"] ?? "",
            noRetry: response.headers["x-slack-no-retry"] === "1",
          }),
        );
      },
    );
    // A kept connection that has ended meanwhile says nothing of the app: on a new one it is asked.
    sent.on("error", () => (sent.reusedSocket ? void post(url, { headers, body }).then(resolve) : gone()));
    sent.end(body);
  });
}

/** What Slack sends over HTTP: events as JSON, commands and interactions as forms. */
function bodyOf({ type, payload }: SentToApp): { readonly body: string; readonly contentType: string } {
  if (type === "events_api") return { body: JSON.stringify(payload), contentType: "application/json" };
  const fields =
    type === "interactive"
      ? { payload: JSON.stringify(payload) }
      : Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
  return {
    body: new URLSearchParams(fields).toString(),
    contentType: "application/x-www-form-urlencoded",
  };
}

/** Signed requests to the app's own URLs. */
export class HttpTransport {
  readonly #secret: string;
  #urls: readonly string[] = [];
  #turn = 0;
  #forgery: Forgery | null = null;
  #last: { readonly url: string; readonly signed: Signed } | null = null;
  skewMs = 0;

  constructor(secret: string) {
    this.#secret = secret;
  }

  deliverTo(urls: readonly string[]): void {
    this.#urls = urls;
  }

  forgeNext(how: Forgery): void {
    this.#forgery = how;
  }

  #sign(body: string, now: number): Readonly<Record<string, string>> {
    const forgery = this.#forgery;
    this.#forgery = null;
    const timestamp = String(Math.floor((now + this.skewMs) / 1000));
    const secret = forgery === "wrong secret" ? "another" : this.#secret;
    const signedBody = forgery === "other body" ? `${body} ` : body;
    const mac = createHmac("sha256", secret).update(`v0:${timestamp}:${signedBody}`).digest("hex");
    const version = forgery === "wrong version" ? "v9" : "v0";
    return {
      "x-slack-request-timestamp": timestamp,
      ...(forgery === "missing" ? {} : { "x-slack-signature": `${version}=${mac}` }),
    };
  }

  async send(
    sent: SentToApp,
    now: number,
    reason: RedeliverOptions["reason"] = "http_timeout",
  ): Promise<HttpAnswer> {
    const url = this.#urls[this.#turn++ % Math.max(1, this.#urls.length)];
    if (url === undefined) throw new Error("deliverTo() was not told where the app takes requests");
    const { body, contentType } = bodyOf(sent);
    const signed: Signed = {
      body,
      headers: {
        "content-type": contentType,
        accept: "*/*",
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        ...this.#sign(body, now),
        ...(sent.retry > 0
          ? { "x-slack-retry-num": String(sent.retry), "x-slack-retry-reason": reason }
          : {}),
      },
    };
    this.#last = { url, signed };
    return post(url, signed);
  }

  /** The very same request once more. */
  async replay(): Promise<number> {
    if (this.#last === null) throw new Error("nothing was sent yet");
    return (await post(this.#last.url, this.#last.signed)).status;
  }
}
