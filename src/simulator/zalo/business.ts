/** The pretend business.openapi.zalo.me: approved templates to a phone number (zalo-oa.md §5.3). */
import { z } from "zod";
import type { Answer, Call } from "../http.ts";
import { jsonOf } from "../http.ts";
import { zaloMessageId } from "../ids.ts";
import type { World } from "../world.ts";

const body = z.object({
  phone: z.string(),
  template_id: z.coerce.string().min(1),
  template_data: z.looseObject({}),
  tracking_id: z.string().max(48).optional(),
  mode: z.literal("development").optional(),
  sending_mode: z.enum(["1", "3"]).optional(),
});
const DAILY_QUOTA = 500;

export function createBusinessApi(world: World) {
  let sentToday = 0;
  return async function answer(call: Call): Promise<Answer> {
    const { access_token: token } = call.headers;
    const account = await world.accountOf(
      "zalo",
      ({ accessToken }) => accessToken !== null && accessToken === token,
    );
    const refuse = (error: number, message: string): Answer => ({ body: { error, message } });
    if (!account) return refuse(-124, "Access token is invalid");
    const route = `${call.method} ${call.path}`;
    if (route === "GET /message/quota") {
      const remainingQuota = String(DAILY_QUOTA - sentToday);
      return {
        body: { error: 0, message: "Success", data: { dailyQuota: String(DAILY_QUOTA), remainingQuota } },
      };
    }
    if (route !== "POST /message/template")
      return { status: 404, body: { error: 404, message: "Empty api" } };
    const given = body.safeParse(jsonOf(call));
    if (!given.success) return refuse(-1121, `${given.error.issues[0]?.path.join(".")} is invalid`);
    if (!/^84\d{9,10}$/.test(given.data.phone)) return refuse(-108, "Phone number is invalid");
    if (sentToday >= DAILY_QUOTA) return refuse(-144, "Daily quota is used up");
    sentToday++;
    const quota = { dailyQuota: String(DAILY_QUOTA), remainingQuota: String(DAILY_QUOTA - sentToday) };
    const data = { msg_id: zaloMessageId(), sent_time: String(world.now()), sending_mode: "1", quota };
    return { body: { error: 0, message: "Success", data } };
  };
}
