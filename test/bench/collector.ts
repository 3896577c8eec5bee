import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What has Node collect all garbage at once. */
export const collector = (): (() => void) => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
};
