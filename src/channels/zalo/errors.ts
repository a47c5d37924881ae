/**
 * Zalo's error codes as data: what each means for a message on its way out. Source: the official "mã lỗi" page as kept in
 * the reference of the OA API, §9; the classes are ours. HTTP is 200 even when `error` is not 0.
 */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import { DeliveryError, type DeliveryErrorClass } from "../delivery-error.ts";

interface ZaloError {
  class: DeliveryErrorClass;
  meaning: string;
  mend?: string;
}

const RECONNECT = "Connect the OA again in Console → Accounts.";

export const ZALO_ERRORS: Record<string, ZaloError> = {
  "-32": { class: "later", meaning: "rate limit of the app or the OA" },
  "-100": { class: "permanent", meaning: "attachment id expired", mend: "Upload the file again." },
  "-200": { class: "later", meaning: "sending failed on Zalo's side" },
  "-201": { class: "permanent", meaning: "a field is invalid" },
  "-204": { class: "stop_account", meaning: "the OA was disabled or deleted", mend: "Ask Zalo's support." },
  "-205": { class: "stop_account", meaning: "the OA does not exist", mend: "Check the OA id." },
  "-209": {
    class: "stop_account",
    meaning: "API not supported, or app not activated",
    mend: "Activate the app.",
  },
  "-210": { class: "permanent", meaning: "a parameter is over its limit" },
  "-211": { class: "later", meaning: "quota used up", mend: "Wait for the next period or buy quota." },
  "-212": {
    class: "stop_account",
    meaning: "the app has not registered this API",
    mend: "Register it in the app.",
  },
  "-213": { class: "permanent", meaning: "the person has not followed or cannot be reached" },
  "-214": { class: "later", meaning: "the article is still processing" },
  "-216": { class: "refresh_token", meaning: "access token invalid", mend: RECONNECT },
  "-217": { class: "permanent", meaning: "the person blocked invitations" },
  "-218": { class: "later", meaning: "the person's receive quota is used up" },
  "-219": { class: "stop_account", meaning: "the app was removed or disabled", mend: RECONNECT },
  "-220": { class: "refresh_token", meaning: "token expired", mend: RECONNECT },
  "-221": { class: "stop_account", meaning: "the OA is not verified", mend: "Verify the OA." },
  "-223": { class: "stop_account", meaning: "the OA has not granted this API", mend: RECONNECT },
  "-224": {
    class: "stop_account",
    meaning: "the OA's package must be upgraded",
    mend: "Upgrade the package.",
  },
  "-227": { class: "permanent", meaning: "the person is banned or inactive for over 45 days" },
  "-230": { class: "window_closed", meaning: "no interaction in 7 days" },
  "-232": { class: "window_closed", meaning: "no interaction, or it has expired" },
  "-233": { class: "permanent", meaning: "message type invalid or unsupported" },
  "-234": { class: "later", meaning: "not allowed between 22:00 and 06:00" },
  "-235": { class: "stop_account", meaning: "this type of OA is not supported" },
  "-237": { class: "permanent", meaning: "the group is disabled" },
  "-238": { class: "stop_account", meaning: "quota asset problem", mend: "Check the quota in Zalo Cloud." },
  "-240": { class: "permanent", meaning: "this endpoint is closed (V2)", mend: "Update this program." },
  "-241": { class: "stop_account", meaning: "quota asset problem", mend: "Check the quota in Zalo Cloud." },
  "-242": { class: "stop_account", meaning: "appsecret_proof is wrong", mend: "Check the app secret." },
  "-244": { class: "permanent", meaning: "the person restricted this message type" },
  "-248": { class: "permanent", meaning: "against the platform's standards" },
  "-249": { class: "permanent", meaning: "this template cannot go by user id" },
  "-320": {
    class: "stop_account",
    meaning: "a Zalo Cloud Account is needed",
    mend: "Link a ZCA to the app.",
  },
  "-321": { class: "stop_account", meaning: "the Zalo Cloud Account has no money", mend: "Top up the ZCA." },
  "-403": { class: "permanent", meaning: "the OA is not in the group" },
  // template messages by phone (ZBS)
  "-108": { class: "permanent", meaning: "phone number invalid" },
  "-114": { class: "permanent", meaning: "this person cannot receive it" },
  "-115": { class: "stop_account", meaning: "no balance", mend: "Top up the account." },
  "-117": { class: "permanent", meaning: "no permission for this template" },
  "-118": { class: "permanent", meaning: "no Zalo account with this phone" },
  "-119": { class: "permanent", meaning: "this person cannot receive it" },
  "-1121": { class: "permanent", meaning: "template parameter missing" },
  "-1122": { class: "permanent", meaning: "template parameter invalid" },
  "-1124": { class: "permanent", meaning: "template parameter too long" },
  "-124": { class: "refresh_token", meaning: "access token invalid", mend: RECONNECT },
  "-126": { class: "permanent", meaning: "development mode only" },
  "-127": { class: "permanent", meaning: "development mode: admins only" },
  "-131": { class: "permanent", meaning: "template not approved" },
  "-133": { class: "later", meaning: "not at night" },
  "-135": { class: "stop_account", meaning: "no permission to send", mend: "Check the OA's package." },
  "-1351": { class: "stop_account", meaning: "no permission to send", mend: "Check the OA's package." },
  "-136": { class: "stop_account", meaning: "ZCA not linked", mend: "Link a ZCA." },
  "-137": { class: "stop_account", meaning: "ZCA payment failed", mend: "Check the ZCA." },
  "-139": { class: "permanent", meaning: "the person refused this kind" },
  "-141": { class: "permanent", meaning: "the person refused messages of this OA" },
  "-144": { class: "later", meaning: "daily limit reached" },
  "-1441": { class: "later", meaning: "daily limit of promotions reached" },
  "-146": { class: "permanent", meaning: "template disabled" },
  "-147": { class: "later", meaning: "template's daily limit reached" },
  "-1471": { class: "later", meaning: "template's limit reached" },
  "-1472": { class: "later", meaning: "template's limit reached" },
};

/** Codes whose wait is known: the night ban ends at 06:00 in Việt Nam, quotas come back with the day. */
const UNTIL_MORNING = new Set(["-133", "-144", "-1441", "-147", "-1471", "-1472", "-211", "-218", "-234"]);

/** An unknown code is permanent: a person sees it and may resend, while blind retries could go on for ever. */
export function zaloError(code: string, message: string, now: Date): DeliveryError {
  const known = ZALO_ERRORS[code];
  const words = known ? `${known.meaning} (Zalo: ${message})` : `Zalo: ${message}`;
  return new DeliveryError(
    known?.class ?? "permanent",
    code,
    known?.mend ? `${words}. ${known.mend}` : words,
    {
      ...(UNTIL_MORNING.has(code) ? { retryAt: nextMorning(now) } : {}),
      ...(known?.mend ? { mend: known.mend } : {}),
    },
  );
}

/** The next 06:05 in Việt Nam. */
export function nextMorning(now: Date): Date {
  const local = DateTime.fromJSDate(now, { zone: ZONE });
  const today = local.set({ hour: 6, minute: 5, second: 0, millisecond: 0 });
  return (today > local ? today : today.plus({ days: 1 })).toJSDate();
}
