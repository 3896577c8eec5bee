import { join } from "node:path";
import type { Charts } from "#core/charts";
import { calendarAlt, memoryAlt, reportAlt, topicsAlt } from "./alt.ts";
import { drawnCalendar, drawnMemory, drawnReport, drawnTopics } from "./limits.ts";
import { Pen } from "./pen.ts";

/** Noto Sans SC, which has Latin and Chinese; its licence lies beside it. */
export const SHIPPED_FONTS = join(import.meta.dirname, "..", "..", "content", "fonts");

/** After as many quiet seconds the memory is worth more than the half second that the next picture takes longer. */
const IDLE_MS = 15_000;

interface ChartsOptions {
  readonly fontFolder: string;
  readonly idleMs?: number;
}

/** Nothing is loaded before the first picture. */
export function createCharts({ fontFolder, idleMs = IDLE_MS }: ChartsOptions): Charts {
  const pen = new Pen(fontFolder, idleMs);
  return {
    prepare: () => pen.prepare(),
    async calendar(subject, look) {
      const of = drawnCalendar(subject);
      return { png: await pen.draw({ kind: "calendar", of, look }), alt: calendarAlt(of, look.locale) };
    },
    async topics(subject, look) {
      const of = drawnTopics(subject);
      return { png: await pen.draw({ kind: "topics", of, look }), alt: topicsAlt(of, look.locale) };
    },
    async memory(subject, look) {
      const of = drawnMemory(subject);
      return { png: await pen.draw({ kind: "memory", of, look }), alt: memoryAlt(of, look.locale) };
    },
    async report(subject, look) {
      const of = drawnReport(subject);
      return { png: await pen.draw({ kind: "report", of, look }), alt: reportAlt(of, look.locale) };
    },
  };
}
