import module from "node:module";

// Loaded with --import before any TypeScript, which older versions of Node cannot run: it has to be JavaScript.
// `npm ci` brings the right Node for npm scripts; this speaks up where that did not happen.
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  process.stderr.write(
    `Rehearsal needs Node 24 and found ${process.versions.node}: run "npm ci" (without --ignore-scripts), then use "npm start".\n` +
      `Rehearsal 需要 Node 24，当前是 ${process.versions.node}：先运行 “npm ci”（不要加 --ignore-scripts），再用 “npm start” 启动。\n`,
  );
  process.exit(1);
}

// What was compiled once need not be compiled at the next start: a third less time to the prompt.
module.enableCompileCache?.();
