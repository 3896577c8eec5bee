import type { Front } from "./front.ts";
import { type Json, objectIn, objectsIn, textIn } from "./json.ts";
import { SlackRefusal } from "./refusal.ts";
import type { Violation } from "./violation.ts";

/** The blocks, their elements and accessories that show an uploaded picture, each with its place. */
function picturesIn(blocks: unknown, path: string): readonly { readonly at: string; readonly file: Json }[] {
  return objectsIn(blocks).flatMap((block, number) => {
    const at = `${path}/${number}`;
    const inside = [
      { at, held: block },
      { at: `${at}/accessory`, held: objectIn(block.accessory) },
      ...objectsIn(block.elements).map((held, index) => ({ at: `${at}/elements/${index}`, held })),
    ];
    return inside.flatMap(({ at: there, held }) =>
      held.type === "image" && held.slack_file !== undefined
        ? [{ at: `${there}/slack_file`, file: objectIn(held.slack_file) }]
        : [],
    );
  });
}

/**
 * Refuses pictures that were not uploaded, or that Slack has not finished taking in: it does so some seconds after
 * `files.completeUploadExternal` has answered (slackapi/java-slack-sdk#1349, slackapi/slack-github-action#413).
 */
export function requirePictures(front: Front, blocks: unknown, path: string): void {
  const { fileHost, clock, fileReadyMs } = front;
  const violations = picturesIn(blocks, path).flatMap(({ at, file }): readonly Violation[] => {
    const id = textIn(file.id);
    const stored = fileHost.find(id || textIn(file.url));
    if (id !== "" && !/^F[A-Z0-9]{8,}$/.test(id))
      return [
        {
          path: `${at}/id`,
          error: "invalid_blocks",
          message: "input must match regex pattern: ^[F][A-Z0-9]{8,}$",
        },
      ];
    if (stored !== undefined && clock.now() - stored.at >= fileReadyMs) return [];
    return [{ path: at, error: "invalid_blocks", message: "invalid slack file" }];
  });
  const [first] = violations;
  if (first !== undefined) throw new SlackRefusal(first.error, {}, 200, violations);
}
