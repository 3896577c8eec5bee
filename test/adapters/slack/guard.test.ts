import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tenantIdSchema } from "#core/ids";
import { HttpGuard } from "#src/adapters/slack/http-guard";
import { SealBroken, Sealing } from "#src/adapters/slack/sealing";

const SECRET = "signed-by-nobody-at-all";
const NOW = Date.UTC(2026, 10, 25, 1);
const body = Buffer.from("token=x&command=%2Fvram&text=7b");

const signed = (at: number, text: Uint8Array = body, secret = SECRET) => {
  const timestamp = String(Math.floor(at / 1000));
  const hmac = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(text);
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${hmac.digest("hex")}` };
};

describe("The door for what Slack delivers over HTTP", () => {
  it("lets in what Slack has signed, and says when that was", () => {
    const guard = new HttpGuard(SECRET, () => NOW);
    expect(guard.judge(signed(NOW - 4000), body)).toEqual({ kind: "ok", sentAt: NOW - 4000 });
  });

  it("lets in none of a thousand replays, at whatever time within the ten minutes", () => {
    let now = NOW;
    const guard = new HttpGuard(SECRET, () => now);
    const heard = Array.from({ length: 1000 }, (_, at) => Buffer.from(`event ${at}`));
    for (const one of heard) expect(guard.judge(signed(NOW, one), one).kind).toBe("ok");
    const accepted = heard.filter((one, at) => {
      now = NOW - 300_000 + at * 600;
      return guard.judge(signed(NOW, one), one).kind === "ok";
    });
    expect(accepted).toEqual([]);
  });

  it.each([
    ["of another secret", signed(NOW, body, "another-secret"), "signature"],
    ["of another body", signed(NOW, Buffer.from("other")), "signature"],
    ["of six minutes ago", signed(NOW - 360_000), "time"],
    ["of six minutes ahead", signed(NOW + 360_000), "time"],
    ["without a signature", { "x-slack-request-timestamp": String(NOW / 1000) }, "headers"],
    ["with two of them", { ...signed(NOW), "x-slack-signature": ["v0=a", "v0=b"] }, "headers"],
    ["with a time that is none", { ...signed(NOW), "x-slack-request-timestamp": "1e9" }, "headers"],
  ] as const)("keeps out a request %s", (_, headers, why) => {
    const given = { ...headers } as Record<string, string | string[]>;
    expect(new HttpGuard(SECRET, () => NOW).judge(given, body)).toEqual({ kind: "refused", why });
  });

  it("keeps out whatever is changed by one bit", () => {
    fc.assert(
      fc.property(fc.nat(body.length * 8 - 1), (bit) => {
        const changed = Buffer.from(body);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return new HttpGuard(SECRET, () => NOW).judge(signed(NOW), changed).kind === "refused";
      }),
    );
  });

  it("keeps out a signature that differs in one sign, is shorter or longer, whichever sign it is", () => {
    const headers = signed(NOW);
    const signature = headers["x-slack-signature"];
    const changed = [...signature].flatMap((sign, at) =>
      [..."0123456789abcdefv=A", sign.toUpperCase(), ""]
        .filter((other) => other !== sign)
        .map((other) => signature.slice(0, at) + other + signature.slice(at + 1)),
    );
    const others = [...changed, `${signature}0`, `${signature} `, `${signature}\n`, ` ${signature}`];
    expect(others.length).toBeGreaterThan(67 * 15);
    const judged = others.map((other) => {
      const given = { ...headers, "x-slack-signature": other };
      return [other, new HttpGuard(SECRET, () => NOW).judge(given, body)];
    });
    const refused = { kind: "refused", why: "signature" };
    expect(judged).toEqual(others.map((other) => [other, refused]));
  });
});

describe("A sealed installation", () => {
  const tenant = tenantIdSchema.parse("slack:T1");
  const key = (id: string, fill: number) => ({ id, key: Buffer.alloc(32, fill) });

  it("opens for the tenant it was sealed for, with the new key or the old one", () => {
    const old = new Sealing([key("old", 1)]).seal("xoxb-secret 秘密", tenant);
    const both = new Sealing([key("new", 2), key("old", 1)]);
    expect(both.open(old, tenant)).toBe("xoxb-secret 秘密");
    expect(both.isOld(old)).toBe(true);
    const fresh = both.seal("xoxb-secret 秘密", tenant);
    expect(both.isOld(fresh)).toBe(false);
    expect(fresh).not.toContain("xoxb");
    expect(both.seal("x", tenant)).not.toBe(both.seal("x", tenant));
  });

  it("opens for no other tenant, without its key, or changed by one bit", () => {
    const sealing = new Sealing([key("k1", 1)]);
    const sealed = sealing.seal("xoxb-secret", tenant);
    expect(() => sealing.open(sealed, tenantIdSchema.parse("slack:T2"))).toThrow(SealBroken);
    expect(() => new Sealing([key("k2", 1)]).open(sealed, tenant)).toThrow("no key k1");
    expect(() => new Sealing([key("k1", 9)]).open(sealed, tenant)).toThrow(SealBroken);
    const [version, id, nonce, text = ""] = sealed.split(".");
    const bytes = Buffer.from(text, "base64url");
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const other = [version, id, nonce, changed.toString("base64url")].join(".");
      expect(() => sealing.open(other, tenant)).toThrow(SealBroken);
    }
    for (const rubbish of ["", "1.k1.x.y", "2.k1.AAAA.AAAA"])
      expect(() => sealing.open(rubbish, tenant)).toThrow(SealBroken);
  });
});
