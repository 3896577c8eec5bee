import { commands } from "#commands/index";
import { completeIn } from "#core/completion";
import { createDispatch } from "#core/dispatch";
import { submissionIdSchema } from "#core/ids";
import { withInbox } from "#core/inbox";
import type { Locale } from "#core/language";
import type { Store } from "#core/ports";
import { readDesk } from "#src/adapters/local/page/desk";
import { draftsOnPage } from "#src/adapters/local/page/drafts";
import type { Previews } from "#src/adapters/local/page/preview";
import { type ServedPage, servePage } from "#src/adapters/local/page/serve";
import type { Threads } from "#src/adapters/local/page/threads";
import { LocalPoster } from "#src/adapters/local/poster";
import { memberNamed } from "#src/flags";
import { openTeam, type Team } from "#test/doubles/team";

export interface PageServer {
  readonly url: string;
  readonly team: Team;
  readonly served: ServedPage;
  /** What the clock posts with. */
  readonly poster: LocalPoster;
  stop(): Promise<void>;
}

/** The page of a whole installation, with the clock and the data file of a team; of one that is there already, or a new one. */
export async function openPage(
  settings: {
    locale?: Locale;
    wrapStore?: (store: Store) => Store;
    port?: number;
    team?: Team;
    previews?: Previews;
    threads?: Threads;
  } = {},
): Promise<PageServer> {
  const team = settings.team ?? (await openTeam(settings.wrapStore));
  const poster = new LocalPoster();
  let submissions = 0;
  const served = await servePage({
    dispatch: withInbox(createDispatch(commands, team.services), team.services),
    commands,
    identity: (name) => ({
      tenant: team.tenant,
      channel: team.channel,
      member: memberNamed(name),
    }),
    desk: (request) => readDesk(request, team.services),
    drafts: draftsOnPage(team.services),
    complete: completeIn(team.tenant, team.services),
    locale: settings.locale ?? "en",
    clock: team.services.clock,
    announcements: poster,
    log: team.log,
    newSubmission: () => {
      submissions += 1;
      return submissionIdSchema.parse(`server-${submissions}`);
    },
    port: settings.port ?? 0,
    ...(settings.previews === undefined ? {} : { previews: settings.previews }),
    ...(settings.threads === undefined ? {} : { threads: settings.threads }),
  });
  return {
    url: served.url,
    team,
    served,
    poster,
    async stop() {
      await served.close();
      await team.stop();
    },
  };
}
