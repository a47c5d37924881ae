/** The OA API's endpoints we use, typed (zalo-oa.md §2, 5–7). Throws DeliveryError with Zalo's own code. */
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Config } from "../../config.ts";
import type { ConnectedAccount } from "../channel.ts";
import { DeliveryError } from "../delivery-error.ts";
import { noAnswer, platformHttp, strangeAnswer } from "../http.ts";
import { zaloError } from "./errors.ts";

const answer = z.object({
  error: z.coerce.number(),
  message: z.string().default(""),
  data: z.unknown().optional(),
});
const sent = z.object({ message_id: z.coerce.string().min(1) });
/** By user id the answer is not written down anywhere; by phone it names `msg_id`. */
const templateSent = z
  .object({ message_id: z.coerce.string().optional(), msg_id: z.coerce.string().optional() })
  .transform(({ message_id, msg_id }) => message_id ?? msg_id ?? "")
  .pipe(z.string().min(1));
const uploaded = z.object({ attachment_id: z.string().optional(), token: z.string().optional() });
const userDetail = z.looseObject({ display_name: z.string().optional() });
const oaInfo = z.looseObject({
  oa_id: z.coerce.string().optional(),
  name: z.string().optional(),
  is_verified: z.boolean().optional(),
  package_name: z.string().optional(),
  package_valid_through_date: z.string().optional(),
});

const anything = z.record(z.string(), z.unknown());

export type OaInfo = z.infer<typeof oaInfo>;
export type ZaloClient = ReturnType<typeof createZaloClient>;

export function createZaloClient(config: Pick<Config, "ZALO_API_URL">) {
  const http = platformHttp(config.ZALO_API_URL);

  async function call<Schema extends z.ZodType>(
    account: ConnectedAccount,
    method: "GET" | "POST",
    url: string,
    body: unknown,
    schema: Schema,
  ): Promise<{ data: z.infer<Schema>; date: string | undefined }> {
    if (!account.accessToken) throw zaloError("-216", "the account has no access token", new Date());
    const request = { method, url, data: body, headers: headersOf(account, account.accessToken) };
    const response = await http.request(request).catch((error: unknown) => {
      throw noAnswer(error);
    });
    const parsed = answer.safeParse(response.data);
    if (!parsed.success) throw strangeAnswer(response.status);
    const { error, message, data } = parsed.data;
    if (error !== 0) throw zaloError(String(error), message, new Date());
    const result = schema.safeParse(data);
    if (!result.success) throw strangeAnswer(response.status);
    return { data: result.data, date: response.headers.date };
  }

  return {
    /** Any other call of the API, its answer's `data` checked: for the files beside this one. */
    call,
    /** @returns the message's id at Zalo. */
    async sendCs(account: ConnectedAccount, body: object): Promise<string> {
      return (await call(account, "POST", "/v3.0/oa/message/cs", body, sent)).data.message_id;
    },
    async replyToAnonymous(account: ConnectedAccount, body: object): Promise<string> {
      return (await call(account, "POST", "/v2.0/oa/message", body, sent)).data.message_id;
    },
    /** An approved template, paid by the message. @returns the message's id at Zalo. */
    async sendTemplate(account: ConnectedAccount, body: object): Promise<string> {
      return (await call(account, "POST", "/v3.0/oa/message/template", body, templateSent)).data;
    },
    /** @param kind image: jpg or png to 1 MB; file: PDF, DOC, DOCX, CSV to 5 MB. @returns attachment id or token. */
    async upload(
      account: ConnectedAccount,
      kind: "image" | "gif" | "file",
      bytes: Buffer,
      mime: string,
      name = `file.${mime.split("/")[1] ?? "bin"}`,
    ): Promise<string> {
      const form = new FormData();
      form.append("file", new Blob([new Uint8Array(bytes)], { type: mime }), name);
      const { data } = await call(account, "POST", `/v2.0/oa/upload/${kind}`, form, uploaded);
      const id = data.attachment_id ?? data.token;
      if (!id) throw new DeliveryError("permanent", "upload", "Zalo gave no id for the uploaded file.");
      return id;
    },
    /** What may still be sent, told by way of one resident who wrote to the OA. */
    async quotaFor(account: ConnectedAccount, userId: string): Promise<Record<string, unknown>> {
      return (await call(account, "POST", "/v3.0/oa/quota/message", { user_id: userId }, anything)).data;
    },
    /** Somebody who wrote to the OA or follows it (zalo-oa.md §7). */
    async userDetail(account: ConnectedAccount, userId: string): Promise<z.infer<typeof userDetail>> {
      const data = encodeURIComponent(JSON.stringify({ user_id: userId }));
      return (await call(account, "GET", `/v3.0/oa/user/detail?data=${data}`, undefined, userDetail)).data;
    },
    /** The account as Zalo sees it, and Zalo's clock. */
    async getOa(account: ConnectedAccount): Promise<{ oa: OaInfo; date: string | undefined }> {
      const { data, date } = await call(account, "GET", "/v2.0/oa/getoa", undefined, oaInfo);
      return { oa: data, date };
    },
  };
}

function headersOf(account: ConnectedAccount, token: string): Record<string, string> {
  const proof = createHmac("sha256", account.appSecret).update(token).digest("hex");
  return { access_token: token, ...(account.settings.secretProof ? { appsecret_proof: proof } : {}) };
}
