import type { DescribedStore } from "#core/operation";
import type { Log, Store } from "#core/ports";
import { allowancesIn } from "./allowances.ts";
import { answersIn } from "./answers.ts";
import { appendOnlyOn } from "./append-only.ts";
import { boardsIn } from "./boards.ts";
import { recordsIn } from "./contents.ts";
import { daysIn } from "./days.ts";
import { dossiersIn } from "./dossiers.ts";
import { effectsOn } from "./effects.ts";
import { erasuresIn } from "./erasures.ts";
import { queueOf, redisFacts } from "./facts.ts";
import { withFailure } from "./failure.ts";
import { countOlderAnswers } from "./older-answers.ts";
import { participationIn } from "./participation.ts";
import { postsIn } from "./posts.ts";
import { roundTextsIn } from "./round-texts.ts";
import { roundsIn } from "./rounds.ts";
import { schedulesIn } from "./schedules.ts";
import { closingOnFailure, openServer, type RedisOptions, type RedisServer } from "./server.ts";
import { wishesIn } from "./wishes.ts";

/** Every method of the store, with a reply that does not parse told as damage of the medium. */
const withFailures = <Part extends object>(store: Part, where: string): Part => {
  const guard =
    <Args extends readonly unknown[], Result>(method: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> =>
      withFailure(where, () => method(...args));
  return Object.fromEntries(
    Object.entries(store).map(([name, method]) => [name, guard(method)]),
  ) as unknown as Part;
};

/** The store on a server that is connected. */
const redisStore = (server: RedisServer, log: Log): Store => {
  const effects = effectsOn(server);
  const answers = answersIn(server, effects);
  const rounds = roundsIn(server, effects);
  const days = daysIn(server, effects);
  const wishes = wishesIn(server, effects);
  const posts = postsIn(server, effects);
  const schedules = schedulesIn(server);
  const dossiers = dossiersIn(server);
  const boards = boardsIn(server, effects);
  const erasures = erasuresIn(server, effects);
  const guarded = withFailures(
    {
      openRound: rounds.open,
      closeRound: rounds.close,
      round: rounds.find,
      rounds: rounds.newest,
      recordAttempt: answers.record,
      reviseResult: answers.revise,
      attempts: answers.ofMember,
      attemptsOfRound: answers.ofRound,
      textsOfRound: roundTextsIn(server),
      answeredDates: days.answeredDates,
      homeChannel: days.homeChannel,
      participation: participationIn(rounds, answers, days),
      offerAnswer: wishes.offer,
      withdrawOffer: wishes.withdraw,
      offers: wishes.offers,
      setNamed: wishes.setNamed,
      named: wishes.named,
      credit: days.credit,
      ledger: days.ledger,
      keepChoice: wishes.keepChoice,
      choices: wishes.choices,
      excuse: wishes.excuse,
      excusals: wishes.excusals,
      takeHint: wishes.takeHint,
      board: boards.board,
      setShown: boards.setShown,
      hiddenAmong: boards.hiddenAmong,
      hintsTaken: boards.hintsTaken,
      hintsOf: boards.hintsOf,
      practice: days.practice,
      setPractice: days.setPractice,
      saveSchedule: schedules.save,
      schedule: schedules.find,
      schedules: schedules.ofTenant,
      schedulesToWake: schedules.toWake,
      takeSchedules: schedules.take,
      wakeSchedule: schedules.wake,
      wakeAllSchedules: schedules.wakeAll,
      claimPost: posts.claim,
      finishPost: posts.finish,
      skipPost: posts.skip,
      claimReveal: posts.claimReveal,
      finishReveal: posts.finishReveal,
      postRecords: posts.newest,
      unsettledPosts: posts.unsettled,
      keepAction: wishes.keepAction,
      keepActionOnce: wishes.keepActionOnce,
      keptAction: wishes.keptAction,
      keepInstallation: wishes.keepInstallation,
      installation: wishes.installation,
      dropInstallation: wishes.dropInstallation,
      keepDossier: dossiers.keep,
      restoreDossier: dossiers.restore,
      dossier: dossiers.find,
      dossiers: dossiers.list,
      dropDossier: dossiers.drop,
      takeDossiers: dossiers.take,
      eraseMember: erasures.eraseMember,
      eraseTenant: erasures.eraseTenant,
      erasedAt: erasures.erasedAt,
      restoreErased: erasures.restoreErased,
      forgetTexts: erasures.forgetTexts,
      purge: erasures.purge,
      rewriteLog: appendOnlyOn(server, log).rewriteLog,
      spend: allowancesIn(server).spend,
      takeTurn: schedules.takeTurn,
      now: schedules.now,
      close: server.close,
    },
    server.where,
  );
  return { ...guarded, records: (tenant, now) => recordsIn(server, tenant, [], now) };
};

/**
 * Opens a store in Redis, for any number of processes at once.
 *
 * @throws Refusal that says in one sentence what to do, where the server is not there, is not Rehearsal's, or would
 * lose what it is given
 */
export const openRedisStore = async (options: RedisOptions): Promise<DescribedStore> => {
  const server = await openServer(options);
  await closingOnFailure(server, () => countOlderAnswers(server));
  return {
    ...redisStore(server, options.log),
    facts: () => withFailure(server.where, () => redisFacts(server)),
    queue: queueOf(server),
  };
};
