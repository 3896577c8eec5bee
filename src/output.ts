/** The part of a process that prints. */
type Printing = Pick<NodeJS.Process, "stdout" | "stderr" | "exit">;

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
