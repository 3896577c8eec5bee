import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantSchema } from "#core/ids";
import { startSlackDouble } from "#test/doubles/slack/double";
import type { Interaction, SlackDouble } from "#test/doubles/slack/handles";
import { type Json, objectIn } from "#test/doubles/slack/json";
import { call, connected, type RawSocket } from "#test/doubles/slack/raw-client";

const plain = (text: string): Json => ({ type: "plain_text", text });
const option = (value: string): Json => ({ text: plain(value.toUpperCase()), value });

const answerForm: Json = {
  type: "modal",
  callback_id: "answer",
  private_metadata: "round 7",
  notify_on_close: true,
  title: plain("Answer"),
  submit: plain("Send"),
  blocks: [
    {
      type: "input",
      block_id: "text",
      label: plain("Your answer"),
      element: { type: "plain_text_input", action_id: "text", min_length: 2, max_length: 10 },
    },
    {
      type: "input",
      block_id: "method",
      optional: true,
      label: plain("Method"),
      element: { type: "static_select", action_id: "method", options: [option("lora"), option("full")] },
    },
    {
      type: "input",
      block_id: "model",
      optional: true,
      label: plain("Model"),
      element: { type: "external_select", action_id: "model", min_query_length: 2 },
    },
  ],
};

describe("forms in the Slack double", () => {
  let now = Date.UTC(2026, 10, 26, 9);
  let slack: SlackDouble;
  let app: RawSocket;

  beforeAll(async () => {
    slack = await startSlackDouble({
      mode: "socket",
      clock: { now: () => instantSchema.parse(now) },
      patienceMs: 1500,
    });
    app = await connected(slack);
  });
  afterAll(async () => {
    app.close();
    await slack.stop();
  });

  const ann = () => slack.member("ann");
  const daily = () => slack.channel("daily");
  const refused = (error: string) => expect.objectContaining({ ok: false, error });
  const ask = async (text = "") => {
    const asked = await ann().slash(daily(), "/vram", text);
    return { asked, envelope: await app.envelope() };
  };
  const open = async (view: Json = answerForm): Promise<Interaction> => {
    const { asked, envelope } = await ask("form");
    app.ack(envelope);
    expect(await call(slack, "views.open", { trigger_id: asked.triggerId, view })).toMatchObject({
      ok: true,
    });
    return asked;
  };

  describe("a trigger id", () => {
    it("opens one view, within 3 s, for whoever made it", async () => {
      const { asked, envelope } = await ask();
      app.ack(envelope);
      now += 3000;
      const view = { trigger_id: asked.triggerId, view: answerForm };
      expect(await call(slack, "views.open", view)).toMatchObject({
        ok: true,
        view: { hash: expect.any(String) },
      });
      expect(await call(slack, "views.open", view)).toEqual(refused("exchanged_trigger_id"));
      expect(await call(slack, "views.open", { ...view, trigger_id: "1.2.3" })).toEqual(
        refused("invalid_trigger_id"),
      );
      expect((await asked.view()).title).toBe("Answer");
      expect(ann().view()?.privateMetadata).toBe("round 7");
      expect(slack.member("bo").view()).toBeNull();
      const { asked: other, envelope: more } = await ask();
      app.ack(more);
      now += 3001;
      expect(await call(slack, "views.open", { ...view, trigger_id: other.triggerId })).toEqual(
        refused("expired_trigger_id"),
      );
    });

    it("is spent on a view that Slack refuses too", async () => {
      const { asked, envelope } = await ask();
      app.ack(envelope);
      const view = { ...answerForm, title: plain("x".repeat(25)) };
      expect(await call(slack, "views.open", { trigger_id: asked.triggerId, view })).toMatchObject({
        ok: false,
        error: "invalid_arguments",
        response_metadata: { messages: [expect.stringContaining("/view/title/text")] },
      });
    });
  });

  describe("a form", () => {
    it("is sent only as Slack's own client would", async () => {
      const form = await (await open()).view();
      expect(form.fields.map(({ label, required }) => [label, required])).toEqual([
        ["Your answer", true],
        ["Method", false],
        ["Model", false],
      ]);
      await expect(ann().submit(form)).rejects.toThrow("needs Your answer");
      await expect(ann().submit(form, { text: "x" })).rejects.toThrow("at least 2");
      await expect(ann().submit(form, { text: "x".repeat(11) })).rejects.toThrow("at most 10");
      await expect(ann().submit(form, { text: "xx", other: "x" })).rejects.toThrow("no field other");
      await expect(ann().submit(form, { text: "xx", method: "galore" })).rejects.toThrow("does not offer");
      await expect(ann().submit(form, { text: "xx", model: "qwen" })).rejects.toThrow("does not offer");
      await expect(ann().suggest(form, "model", "q")).rejects.toThrow("from 2 typed characters");
    });

    it("asks the app what an external select offers", async () => {
      const form = await (await open()).view();
      const typing = await ann().suggest(form, "model", "qwe");
      const envelope = await app.envelope();
      expect(envelope).toMatchObject({
        type: "interactive",
        payload: { type: "block_suggestion", action_id: "model", block_id: "model", value: "qwe" },
      });
      app.ack(envelope, { options: [option("qwen2.5-7b")] });
      expect(await typing.choices()).toEqual([{ text: "QWEN2.5-7B", value: "qwen2.5-7b" }]);
      const sent = await ann().submit(form, { text: "hello", model: "qwen2.5-7b", Method: "LORA" });
      const submitted = await app.envelope();
      expect(objectIn(objectIn(submitted.payload).view).state).toEqual({
        values: {
          text: { text: { type: "plain_text_input", value: "hello" } },
          method: { method: { type: "static_select", selected_option: option("lora") } },
          model: {
            model: {
              type: "external_select",
              selected_option: { text: { ...plain("QWEN2.5-7B"), emoji: true }, value: "qwen2.5-7b" },
            },
          },
        },
      });
      app.ack(submitted, {});
      expect((await sent.acked()).kind).toBe("empty");
      expect(ann().view()).toBeNull();
    });

    it("stays with errors beside its fields, or shows what comes next", async () => {
      const form = await (await open()).view();
      const wrong = await ann().submit(form, { text: "hi" });
      app.ack(await app.envelope(), { response_action: "errors", errors: { text: "Too short" } });
      expect(await wrong.errors()).toEqual({ text: "Too short" });
      expect(ann().view()?.id).toBe(form.id);
      const right = await ann().submit(form, { text: "hello" });
      const scored = {
        type: "modal",
        title: plain("Score"),
        blocks: [{ type: "section", text: plain("53") }],
      };
      app.ack(await app.envelope(), { response_action: "update", view: scored });
      expect((await right.acked()).kind).toBe("update");
      expect(await right.view()).toMatchObject({ id: form.id, title: "Score", text: "Score\n53" });
      const { hash } = await right.view();
      expect(await call(slack, "views.update", { view_id: form.id, hash, view: scored })).toMatchObject({
        ok: true,
      });
      expect(await call(slack, "views.update", { view_id: form.id, hash, view: scored })).toEqual(
        refused("hash_conflict"),
      );
    });

    it("takes no answer that Slack would not: the member sees a failure and the form stays", async () => {
      const answers: readonly Json[] = [
        { response_action: "errors", errors: { nowhere: "x" } },
        { response_action: "errors", errors: {} },
        { response_action: "update", view: { type: "modal", blocks: [] } },
        { response_action: "explode" },
      ];
      const form = await (await open()).view();
      for (const answer of answers) {
        const sent = await ann().submit(form, { text: "hello" });
        app.ack(await app.envelope(), answer);
        await expect(sent.acked()).rejects.toThrow("did not respond");
        expect(slack.refusals.at(-1)).toMatchObject({ kind: "ack" });
      }
      expect(ann().view()?.id).toBe(form.id);
    });

    it("lies on others, three at most, and closes one by one or all at once", async () => {
      await open();
      for (const depth of [2, 3, 4]) {
        const view = ann().view();
        if (view === null) throw new Error("no view is open");
        await ann().submit(view, { text: "hello" });
        app.ack(await app.envelope(), { response_action: "push", view: answerForm });
        await slack.until(
          "an answer",
          () => slack.captured.at(-1)?.kind === "ack" || ann().view()?.id !== view.id,
        );
        expect(ann().view()?.id === view.id).toBe(depth === 4);
      }
      expect(slack.refusals.at(-1)?.error).toBe("push_limit_reached");
      const top = ann().view();
      if (top === null) throw new Error("no view is open");
      const closed = await ann().close(top);
      const envelope = await app.envelope();
      expect(envelope.payload).toMatchObject({ type: "view_closed", is_cleared: false });
      app.ack(envelope);
      expect((await closed?.acked())?.kind).toBe("empty");
      const below = ann().view();
      if (below === null) throw new Error("nothing lies below");
      await ann().submit(below, { text: "hello" });
      app.ack(await app.envelope(), { response_action: "clear" });
      await slack.until("nothing open", () => ann().view() === null);
      expect(await call(slack, "views.update", { view_id: below.id, view: answerForm })).toEqual(
        refused("not_found"),
      );
    });
  });
});
