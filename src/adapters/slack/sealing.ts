import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { TenantId } from "#core/ids";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key of 32 bytes, and the name that stands beside everything it has sealed. */
export interface SealKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** What was sealed cannot be opened: with none of these keys, for another tenant, or because it was changed. */
export class SealBroken extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`an installation cannot be opened: ${why}`, options);
    this.name = "SealBroken";
  }
}

/**
 * Encrypts what is kept of a platform's tokens. The first key seals; each of them opens what it has sealed, so a new
 * key is put in front and the old one dropped when nothing is left of it.
 */
export class Sealing {
  readonly #keys: readonly SealKey[];

  constructor(keys: readonly SealKey[]) {
    this.#keys = keys;
  }

  /** @param tenant whose it is: what was sealed for one opens for no other */
  seal(text: string, tenant: TenantId): string {
    const [first] = this.#keys;
    if (first === undefined) throw new Error("there is no key to seal with");
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, first.key, nonce);
    cipher.setAAD(Buffer.from(tenant));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return ["1", first.id, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
  }

  /** @throws SealBroken */
  open(sealed: string, tenant: TenantId): string {
    const [version, id, nonce = "", text = ""] = sealed.split(".");
    const known = this.#keys.find((one) => one.id === id);
    if (version !== "1" || known === undefined) throw new SealBroken(`there is no key ${id}`);
    const bytes = Buffer.from(text, "base64url");
    if (bytes.length < TAG_BYTES) throw new SealBroken("it is too short");
    try {
      const decipher = createDecipheriv(CIPHER, known.key, Buffer.from(nonce, "base64url"), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(tenant));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString(
        "utf8",
      );
    } catch (error) {
      throw new SealBroken("it was sealed for another, or changed", { cause: error });
    }
  }

  /** Whether it was sealed with a key that is on its way out. */
  isOld(sealed: string): boolean {
    return sealed.split(".")[1] !== this.#keys[0]?.id;
  }
}
