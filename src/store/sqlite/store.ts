import { performance } from "node:perf_hooks";
import type { DatabaseSync } from "node:sqlite";
import { allowancesInMemory } from "#core/limits/allowance";
import type { DescribedStore, StoreFacts } from "#core/operation";
import type { Store } from "#core/ports";
import { attemptsTable } from "./attempts.ts";
import { boardsTables } from "./boards.ts";
import { recordsIn } from "./contents.ts";
import { openDatabase } from "./database.ts";
import { dossiersTable } from "./dossiers.ts";
import { erasuresTable } from "./erasures.ts";
import { readingFailureOf } from "./failure.ts";
import { groupCommit } from "./group-commit.ts";
import { installationsTable } from "./installations.ts";
import { keptActionsTable } from "./kept-actions.ts";
import { layoutOf } from "./migrations.ts";
import { offersTables } from "./offers.ts";
import { participationQuery } from "./participation.ts";
import { postRecordsTable } from "./post-records.ts";
import { practiceTables } from "./practice.ts";
import { roundsTable } from "./rounds.ts";
import { schedulesTable } from "./schedules.ts";
import { streakChoicesTables } from "./streak-choices.ts";
import { studyDaysTable } from "./study-days.ts";
import { turns } from "./turns.ts";

/** The store on an open database; `file` names it in failures. */
export const sqliteStore = (database: DatabaseSync, file: string): Store => {
  const studyDays = studyDaysTable(database);
  const streaks = streakChoicesTables(database);
  const rounds = roundsTable(database);
  const boards = boardsTables(database);
  const erasures = erasuresTable(database);
  const attempts = attemptsTable(database, studyDays, boards, erasures);
  const practice = practiceTables(database);
  const schedules = schedulesTable(database);
  const posts = postRecordsTable(database);
  const offers = offersTables(database);
  const participation = participationQuery(database);
  const actions = keptActionsTable(database);
  const installations = installationsTable(database);
  const dossiers = dossiersTable(database);
  const { commit, finish } = groupCommit(database);
  const { take: takeTurn } = turns(() => performance.now());
  const { spend } = allowancesInMemory(() => performance.now());

  const write = async <Result>(change: () => Result): Promise<Result> => {
    try {
      return await commit(change);
    } catch (error) {
      throw readingFailureOf(error, file);
    }
  };
  const read = async <Result>(query: () => Result): Promise<Result> => {
    try {
      return query();
    } catch (error) {
      throw readingFailureOf(error, file);
    }
  };

  return {
    openRound: (round) => write(() => rounds.open(round)),
    closeRound: (tenant, round, at) => write(() => rounds.close(tenant, round, at)),
    round: (tenant, round) => read(() => rounds.find(tenant, round)),
    rounds: (tenant, channel, limit) => read(() => rounds.newest(tenant, channel, limit)),
    recordAttempt: (attempt) => write(() => attempts.record(attempt)),
    reviseResult: (revision) => write(() => attempts.revise(revision)),
    attempts: (query) => read(() => attempts.ofMember(query)),
    attemptsOfRound: (tenant, round) => read(() => attempts.ofRound(tenant, round)),
    textsOfRound: (tenant, round, most) => read(() => attempts.textsOfRound(tenant, round, most)),
    answeredDates: (tenant, member) => read(() => attempts.answeredDates(tenant, member)),
    homeChannel: (tenant, member) => read(() => attempts.homeChannel(tenant, member)),
    participation: (tenant, channel, limit) => read(() => participation(tenant, channel, limit)),
    offerAnswer: (offer) => write(() => offers.offer(offer)),
    withdrawOffer: (tenant, round, member) => write(() => offers.withdraw(tenant, round, member)),
    offers: (tenant, round) => read(() => offers.ofRound(tenant, round)),
    setNamed: (tenant, member, named) => write(() => offers.setNamed(tenant, member, named)),
    named: (tenant) => read(() => offers.named(tenant)),
    credit: (tenant, member, day) => write(() => studyDays.credit(tenant, member, day)),
    ledger: (tenant, member) => read(() => studyDays.ofMember(tenant, member)),
    keepChoice: (...kept) => write(() => streaks.keep(...kept)),
    choices: (tenant, member) => read(() => streaks.ofMember(tenant, member)),
    excuse: (...excused) => write(() => streaks.excuse(...excused)),
    excusals: (tenant, channel) => read(() => streaks.excusals(tenant, channel)),
    takeHint: (...hint) => write(() => practice.takeHint(...hint)),
    board: (query) => read(() => boards.board(query)),
    setShown: (...shown) => write(() => boards.setShown(...shown)),
    hiddenAmong: (tenant, members) => read(() => boards.hiddenAmong(tenant, members)),
    hintsTaken: (...hints) => read(() => practice.hintsTaken(...hints)),
    hintsOf: (...whose) => read(() => practice.hintsOf(...whose)),
    practice: (tenant, member) => read(() => practice.find(tenant, member)),
    setPractice: (tenant, member, question) => write(() => practice.set(tenant, member, question)),
    saveSchedule: (schedule, wakeAt) => write(() => schedules.save(schedule, wakeAt)),
    schedule: (tenant, channel) => read(() => schedules.find(tenant, channel)),
    schedules: (tenant) => read(() => schedules.ofTenant(tenant)),
    schedulesToWake: (now, limit) => read(() => schedules.toWake(now, limit)),
    takeSchedules: (...taken) => write(() => schedules.take(...taken)),
    wakeSchedule: (schedule, at) => write(() => schedules.wake(schedule, at)),
    wakeAllSchedules: (at) => write(() => schedules.wakeAll(at)),
    claimPost: (...claim) => write(() => posts.claim(...claim)),
    finishPost: (...end) => write(() => posts.finish(...end)),
    skipPost: (...skip) => write(() => posts.skip(...skip)),
    claimReveal: (...claim) => write(() => posts.claimReveal(...claim)),
    finishReveal: (...end) => write(() => posts.finishReveal(...end)),
    postRecords: (tenant, channel, limit) => read(() => posts.newest(tenant, channel, limit)),
    unsettledPosts: (tenant, channel) => read(() => posts.unsettled(tenant, channel)),
    keepAction: (...kept) => write(() => actions.keep(...kept)),
    keepActionOnce: (...kept) => write(() => actions.keepOnce(...kept)),
    keptAction: (tenant, key, now) => read(() => actions.find(tenant, key, now)),
    keepInstallation: (tenant, sealed) => write(() => installations.keep(tenant, sealed)),
    installation: (tenant) => read(() => installations.find(tenant)),
    dropInstallation: (tenant) => write(() => installations.drop(tenant)),
    keepDossier: (dossier) => write(() => dossiers.keep(dossier)),
    restoreDossier: (dossier) => write(() => dossiers.restore(dossier)),
    dossier: (...named) => read(() => dossiers.find(...named)),
    dossiers: (query) => read(() => dossiers.list(query)),
    dropDossier: (...named) => write(() => dossiers.drop(...named)),
    takeDossiers: (...taken) => write(() => dossiers.take(...taken)),
    eraseMember: (...whom) => write(() => erasures.eraseMember(...whom)),
    eraseTenant: (...whom) => write(() => erasures.eraseTenant(...whom)),
    erasedAt: (tenant, member) => read(() => erasures.erasedAt(tenant, member)),
    restoreErased: (tenant, erased) => write(() => erasures.restore(tenant, erased)),
    forgetTexts: (...texts) => write(() => erasures.forgetTexts(...texts)),
    purge: () => read(erasures.purge),
    records: async function* (tenant, now) {
      try {
        // All at once: a statement that is still being read would keep the file from being made small.
        yield* [...recordsIn(database, tenant, now)];
      } catch (error) {
        throw readingFailureOf(error, file);
      }
    },
    spend,
    takeTurn: async (...turn) => takeTurn(...turn),
    close: async () => {
      if (!database.isOpen) return;
      finish();
      database.close();
    },
  };
};

/**
 * Opens the embedded store: one file, for one process at a time, created with its folder where it is missing.
 *
 * @throws StoreFailure with what the operator can act on: `in-use`, `read-only`, `full`, `damaged`, `newer-version`.
 */
export const openSqliteStore = async ({ file }: { readonly file: string }): Promise<DescribedStore> => {
  const database = openDatabase(file);
  const facts: StoreFacts = {
    kind: "file",
    durability: "fsync",
    warnings: [],
    layout: layoutOf(database),
    // The file is locked for as long as the process runs.
    processes: 1,
  };
  try {
    return { ...sqliteStore(database, file), facts: async () => facts };
  } catch (error) {
    database.close();
    throw readingFailureOf(error, file);
  }
};
