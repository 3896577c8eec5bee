import { parseArgs } from "node:util";
import { discordRateLimits } from "#test/doubles/discord/buckets";
import { type FloodReport, flood } from "#test/e2e/discord-flood";

/**
 * `--n` posts into 250 channels while Discord counts 5 in 5 s for a channel and 50 a second for all, with the real
 * client; then twice a smaller number, without and with one channel whose answers are slow. Exits with 1 where a post
 * was lost, a request went into an exhausted bucket, 100 were refused in ten minutes, or the slow channel held the
 * others up by 5 %.
 */
const { values } = parseArgs({ options: { n: { type: "string" } } });
const posts = Number(values.n ?? 10_000);

const say = (name: string, report: FloodReport): void => {
  process.stdout.write(
    `discord-limits: ${name}: ${report.posts} posts, ${report.seen} seen, ${report.failed} failed, ${report.refused} refused with 429, ${report.whileExhausted} into an exhausted bucket, at most ${report.invalidInTenMinutes} invalid in 10 min, ${(report.meanMs / 1000).toFixed(2)} s for a channel\n`,
  );
};

const all = await flood({ posts, channels: 250, limits: discordRateLimits });
say("everything at once", all);
// Below the limit for all together, so that only a channel's own limit counts.
const alone = await flood({ posts: 400, channels: 20, limits: discordRateLimits });
say("no slow channel", alone);
const beside = await flood({ posts: 400, channels: 20, limits: discordRateLimits, slowMs: 2000 });
say("one slow channel", beside);

const reports = [all, alone, beside];
const isLost = reports.some(({ posts: sent, seen, failed }) => seen !== sent || failed > 0);
const isRude = reports.some(
  ({ whileExhausted, invalidInTenMinutes }) => whileExhausted > 0 || invalidInTenMinutes >= 100,
);
if (isLost || isRude || beside.meanMs > alone.meanMs * 1.05) process.exitCode = 1;
