import { duplicatesStorm } from "#test/e2e/slack-storm";
const own = globalThis.fetch;
const t0 = performance.now();
let last = performance.now();
setInterval(() => { const n = performance.now(); if (n - last > 700) console.log("loop blocked", Math.round(n - last), "at", Math.round(n - t0)); last = n; }, 100).unref();
globalThis.fetch = async (a: any, b: any) => {
  const s = performance.now();
  try { return await own(a, b); } finally {
    const ms = performance.now() - s;
    if (ms > 1500) console.log(Math.round(s - t0), Math.round(ms), String(a?.url ?? a), String(b?.body ?? "").slice(0, 300));
  }
};
const storm = await duplicatesStorm("socket", 20);
console.log(Math.round(performance.now() - t0), storm);
process.exit(0);
