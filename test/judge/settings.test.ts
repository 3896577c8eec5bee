import { describe, expect, it } from "vitest";
import { ConfigFault, readConfig } from "#src/config";

const set = (url: string, more: Readonly<Record<string, string>> = {}) => ({
  REHEARSAL_JUDGE_URL: url,
  REHEARSAL_JUDGE_KEY: "sk-key",
  REHEARSAL_JUDGE_MODEL: "some-model",
  ...more,
});

const faultOf = (environment: Readonly<Record<string, string>>): string => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigFault) return error.message;
  }
  return "";
};

describe("The judge's settings", () => {
  it("are none unless somebody sets them, and empty ones are none", () => {
    expect(readConfig({}).judge).toBeNull();
    expect(readConfig(set("", { REHEARSAL_JUDGE_KEY: "", REHEARSAL_JUDGE_MODEL: "" })).judge).toBeNull();
  });

  it("say where answers go", () => {
    expect(readConfig(set("https://api.example.com:8443/v1")).judge).toEqual({
      url: "https://api.example.com:8443/v1",
      key: "sk-key",
      model: "some-model",
      prices: null,
      host: "api.example.com:8443",
    });
  });

  it.each([
    "http://localhost:11434/v1",
    "http://127.0.0.1:8000/v1",
    "http://[::1]:8000/v1",
    "https://127.1/v1",
  ])("know that %s is this machine, which needs no encryption", (url) => {
    expect(readConfig(set(url)).judge?.host).toBeNull();
  });

  it.each([
    "http://api.example.com/v1",
    "http://localhost.example.com/v1",
    "http://127.0.0.1.example.com/v1",
    "http://10.0.0.7/v1",
    "http://0.0.0.0/v1",
  ])("refuse %s, which would carry answers and the key in the open", (url) => {
    expect(faultOf(set(url))).toMatch(/REHEARSAL_JUDGE_URL: .* only over https/);
  });

  it.each([
    "ftp://example.com",
    "example.com/v1",
    "https://",
    "https://me:pass@example.com/v1",
    "https://x.com/?a=1",
  ])("refuse %s, which is no address of an endpoint", (url) => {
    expect(faultOf(set(url))).toContain("REHEARSAL_JUDGE_URL: expected an address");
  });

  it("are all there or none, and the fault names each that is missing beside every other mistake", () => {
    const fault = faultOf({ REHEARSAL_JUDGE_URL: "https://api.example.com/v1", REHEARSAL_PORT: "many" });
    expect(fault).toMatch(/REHEARSAL_JUDGE_KEY: missing/);
    expect(fault).toMatch(/REHEARSAL_JUDGE_MODEL: missing/);
    expect(fault).toContain("REHEARSAL_PORT");
  });

  it("are never repeated in a fault where they are secret", () => {
    const fault = faultOf(set("https://api.example.com/v1", { REHEARSAL_JUDGE_KEY: "sk-secret key\n" }));
    expect(fault).toContain("REHEARSAL_JUDGE_KEY: expected a key");
    expect(fault).not.toContain("secret");
  });
});
