/** Zalo says no with HTTP 200 and a number (zalo-oa.md §9). */
import type { Answer } from "../http.ts";

const WORDS: Record<number, string> = {
  [-32]: "You have reached the rate limit of this api",
  [-100]: "Attachment id is expired",
  [-117]: "OA or App was denied permission to use the template",
  [-131]: "Template is not approved",
  [-146]: "Template is disabled due to low quality",
  [-147]: "Template has exceeded its daily sending quota",
  [-201]: "Params is invalid",
  [-209]: "This api is not supported",
  [-210]: "Param is over the limit",
  [-211]: "Out of quota",
  [-214]: "The article is being processed",
  [-216]: "Access token is invalid",
  [-220]: "Access token has expired",
  [-230]: "User has not interacted with the OA in the past 7 days",
  [-232]: "User has not interacted with the OA, or the latest interaction has expired",
  [-233]: "Message type is invalid or unsupported",
  [-234]: "This api is not available from 22:00 to 06:00",
  [-240]: "MessageV2 is no longer supported, please use MessageV3",
  [-242]: "appsecret_proof is invalid",
  [-249]: "This template can not be sent by UID",
  [-1121]: "Template data is missing a parameter",
  [-1122]: "Template data has an invalid parameter",
  [-1124]: "Template data has a parameter that is too long",
};

export class ZaloRefusal extends Error {
  constructor(
    readonly code: number,
    detail = "",
  ) {
    super(detail ? `${WORDS[code] ?? "Error"}: ${detail}` : (WORDS[code] ?? "Error"));
  }
}

export const refusalAnswer = ({ code, message }: ZaloRefusal): Answer => ({ body: { error: code, message } });
export const success = (data: unknown = {}): Answer => ({ body: { error: 0, message: "Success", data } });
