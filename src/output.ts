import type { Log } from "#core/ports";

/** The part of a process that prints. */
type Printing = Pick<NodeJS.Process, "stdout" | "exit"> & {
  readonly stderr: { write(text: string): unknown };
};

/**
 * Ends the process when its standard output fails: quietly where the reader has left, like `head`, and with one line
 * and status 1 where what was printed is lost, as on a full disk.
 */
export function exitWhenOutputFails({ stdout, stderr, exit }: Printing): void {
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") exit(0);
    stderr.write(`The output could not be written: ${error.message}\n`);
    exit(1);
  });
}

/**
 * Ends the process by what nobody caught, as Node itself would, but by a line of the log: Node prints an error with all
 * that a library put into it, requests and tokens among it.
 */
export function endOnDefect(ending: Pick<NodeJS.Process, "on" | "exit">, log: Log): void {
  ending.on("uncaughtException", (error, origin) => {
    log.error("a defect ends the program", error, { origin });
    ending.exit(1);
  });
}
