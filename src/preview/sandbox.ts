import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "#core/command";
import { type Completion, completeIn } from "#core/completion";
import { createDispatch, type Dispatch } from "#core/dispatch";
import { readHome } from "#core/home";
import {
  channelIdSchema,
  memberIdSchema,
  submissionIdSchema,
  type TenantId,
  tenantIdSchema,
} from "#core/ids";
import type { Locale } from "#core/language";
import type { Reply } from "#core/reply";
import type { Input, Request } from "#core/request";
import { zoneSchema } from "#core/round/calendar";
import { prepareRound } from "#core/round/opening";
import type { Round } from "#core/round/round";
import type { Services } from "#core/services";
import { openSqliteStore } from "#src/store/sqlite/store";
import { PreviewStage } from "./stage.ts";

const tenantOf = (number: number): TenantId => tenantIdSchema.parse(`preview:${number}`);
const channel = channelIdSchema.parse("100000000000000010");
const zone = zoneSchema.parse("Etc/UTC");

export interface Asking extends Pick<Request, "locale"> {
  readonly member: string;
  readonly theme?: Request["theme"];
  readonly sentAt?: number;
}

/** A team that exists for whoever looks: the real core on a store of its own, which nobody's answers are in. */
export class Sandbox {
  readonly services: Services;
  readonly stage: PreviewStage;
  #tenant: TenantId = tenantOf(0);
  #teams = 0;
  readonly #dispatch: Dispatch;
  readonly #folder: string;
  #submissions = 0;

  private constructor(services: Services, stage: PreviewStage, folder: string) {
    this.services = services;
    this.stage = stage;
    this.#folder = folder;
    this.#dispatch = createDispatch(services.commands, services);
  }

  /** @param given the installation's own services; its store and its judge are not touched */
  static async open(given: Services): Promise<Sandbox> {
    const { judging: _, notices: __, channels: ___, local: ____, directMessages: _____, ...more } = given;
    const { reports: ______, meter: _______, ...services } = more;
    const folder = await mkdtemp(join(tmpdir(), "rehearsal-preview-"));
    const store = await openSqliteStore({ file: join(folder, "preview.db") });
    const commands = given.commands.filter(({ where }) => where === "everywhere");
    const stage = new PreviewStage();
    return new Sandbox({ ...services, store, commands, stages: stage }, stage, folder);
  }

  get tenant(): TenantId {
    return this.#tenant;
  }

  /** A team that has not done anything yet, in place of the one before. */
  newTeam(): void {
    this.#teams += 1;
    this.stage.clear();
    this.#tenant = tenantOf(this.#teams);
  }

  command(name: string): Command | undefined {
    return this.services.commands.find((command) => command.name === name);
  }

  openRound(question: string, opensAt: number): Promise<Round> {
    return this.services.store.openRound(
      prepareRound({ tenant: this.tenant, channel, zone, question, opensAt }),
    );
  }

  async ask(command: string, input: Input, asking: Asking): Promise<{ reply: Reply; submission: string }> {
    this.#submissions += 1;
    const submission = `preview-${this.#submissions}`;
    const { member, locale, theme, sentAt = this.services.clock.now() } = asking;
    const reply = await this.#dispatch({
      tenant: this.tenant,
      channel,
      place: channel,
      member: memberIdSchema.parse(member),
      // Whoever looks at a preview is about to be the server's admin.
      role: "admin",
      locale,
      command,
      input,
      sentAt,
      submission: submissionIdSchema.parse(submission),
      ...(theme === undefined ? {} : { theme }),
    });
    return { reply, submission };
  }

  /** What a member finds on the page that is theirs. */
  home(member: string, locale: Locale): Promise<Reply> {
    const of = {
      tenant: this.tenant,
      channel,
      member: memberIdSchema.parse(member),
      locale,
      role: "admin" as const,
    };
    return readHome(of, this.services);
  }

  /** @param element `command.option`, as a menu names what it takes */
  complete(element: string, typed: string, locale: Locale): Promise<readonly Completion[]> {
    const [command = "", option = ""] = element.split(".");
    return completeIn(this.tenant, this.services)(command, option, typed, locale);
  }

  async close(): Promise<void> {
    await this.services.store.close();
    await rm(this.#folder, { recursive: true });
  }
}
