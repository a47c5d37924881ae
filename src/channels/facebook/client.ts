/** The Graph API's endpoints we use, typed (facebook.md §2–3). Throws DeliveryError with the platform's own code. */
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Config } from "../../config.ts";
import type { ConnectedAccount, Receipt } from "../channel.ts";
import { noAnswer, platformHttp, strangeAnswer, type PlatformResponse } from "../http.ts";
import { graphError } from "./errors.ts";
import { calmUntil } from "./usage.ts";

const failure = z.object({
  error: z.object({
    code: z.coerce.number(),
    error_subcode: z.coerce.number().optional(),
    message: z.string().default(""),
  }),
});
const sent = z.object({ message_id: z.string().min(1) });
const created = z.object({ id: z.string().min(1) });
const uploaded = z.object({ attachment_id: z.coerce.string().min(1) });
const subscriptions = z.object({
  data: z.array(
    z.looseObject({ id: z.coerce.string().optional(), subscribed_fields: z.array(z.string()).default([]) }),
  ),
});
const tokenInfo = z.object({
  data: z.looseObject({
    app_id: z.coerce.string().optional(),
    is_valid: z.boolean().default(false),
    expires_at: z.number().optional(),
    scopes: z.array(z.string()).default([]),
  }),
});
const page = z.looseObject({ id: z.coerce.string(), name: z.string().optional() });
const person = z.looseObject({ first_name: z.string().default(""), last_name: z.string().default("") });
const anything = z.unknown();

export type TokenInfo = z.infer<typeof tokenInfo>["data"];
export type FacebookClient = ReturnType<typeof createFacebookClient>;

export function createFacebookClient(config: Pick<Config, "FACEBOOK_GRAPH_URL" | "FACEBOOK_GRAPH_VERSION">) {
  const http = platformHttp(`${config.FACEBOOK_GRAPH_URL}/${config.FACEBOOK_GRAPH_VERSION}`);

  async function call<Schema extends z.ZodType>(
    account: ConnectedAccount,
    method: "GET" | "POST" | "DELETE",
    url: string,
    { body, params }: { body?: unknown; params?: Record<string, string> },
    schema: Schema,
  ): Promise<{ data: z.infer<Schema>; response: PlatformResponse }> {
    const token = account.accessToken ?? "";
    const response = await http
      .request({
        method,
        url,
        data: body,
        params: { ...params, ...(account.settings.secretProof ? proofOf(account, token) : {}) },
        headers: { authorization: `Bearer ${token}` },
      })
      .catch((error: unknown) => {
        throw noAnswer(error);
      });
    const failed = failure.safeParse(response.data);
    if (failed.success) throw graphError(failed.data.error, calmUntil(response.headers) ?? undefined);
    const result = schema.safeParse(response.data);
    if (response.status >= 400 || !result.success) throw strangeAnswer(response.status);
    return { data: result.data, response };
  }

  return {
    /** Any other call of the API, its answer checked: for the files beside this one. */
    call,
    async sendMessage(account: ConnectedAccount, body: object): Promise<Receipt> {
      const { data, response } = await call(
        account,
        "POST",
        `/${account.externalId}/messages`,
        { body },
        sent,
      );
      const slowDownUntil = calmUntil(response.headers);
      return { externalId: data.message_id, ...(slowDownUntil ? { slowDownUntil } : {}) };
    },
    async showTyping(account: ConnectedAccount, psid: string): Promise<void> {
      const body = { recipient: { id: psid }, sender_action: "typing_on" };
      await call(account, "POST", `/${account.externalId}/messages`, { body }, anything);
    },
    /** Somebody who wrote to the Page (facebook.md §3.2); refused with 230 where they did not agree to it. */
    async userProfile(account: ConnectedAccount, psid: string): Promise<z.infer<typeof person>> {
      const params = { fields: "first_name,last_name" };
      return (await call(account, "GET", `/${encodeURIComponent(psid)}`, { params }, person)).data;
    },
    async commentOn(account: ConnectedAccount, commentId: string, message: string): Promise<Receipt> {
      const { data } = await call(account, "POST", `/${commentId}/comments`, { body: { message } }, created);
      return { externalId: data.id };
    },
    /** @returns an id that lives 90 days. */
    async upload(
      account: ConnectedAccount,
      type: "image" | "file",
      bytes: Buffer,
      mime: string,
      name = `image.${mime.split("/")[1]}`,
    ): Promise<string> {
      const form = new FormData();
      form.append("message", JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }));
      form.append("filedata", new Blob([new Uint8Array(bytes)], { type: mime }), name);
      const url = `/${account.externalId}/message_attachments`;
      return (await call(account, "POST", url, { body: form }, uploaded)).data.attachment_id;
    },
    async subscribedApps(account: ConnectedAccount) {
      return (await call(account, "GET", `/${account.externalId}/subscribed_apps`, {}, subscriptions)).data
        .data;
    },
    async subscribe(account: ConnectedAccount, fields: string[]): Promise<void> {
      const body = { subscribed_fields: fields.join(",") };
      await call(account, "POST", `/${account.externalId}/subscribed_apps`, { body }, anything);
    },
    async debugToken(account: ConnectedAccount): Promise<TokenInfo> {
      const params = { input_token: account.accessToken ?? "" };
      return (await call(account, "GET", "/debug_token", { params }, tokenInfo)).data.data;
    },
    async setProfile(account: ConnectedAccount, profile: object): Promise<void> {
      await call(account, "POST", "/me/messenger_profile", { body: profile }, anything);
    },
    async pageInfo(
      account: ConnectedAccount,
    ): Promise<{ page: z.infer<typeof page>; date: string | undefined }> {
      const { data, response } = await call(
        account,
        "GET",
        `/${account.externalId}`,
        { params: { fields: "id,name" } },
        page,
      );
      return { page: data, date: response.headers.date };
    },
  };
}

function proofOf({ appSecret }: ConnectedAccount, token: string): Record<string, string> {
  return { appsecret_proof: createHmac("sha256", appSecret).update(token).digest("hex") };
}
