/**
 * Graph API errors as data: what each means for a message on its way out. Source: Messenger Platform error codes
 * (2026-03-18) and rate limiting (2026-03-23), as kept in the reference §5–6; the classes are ours.
 */
import { DeliveryError, type DeliveryErrorClass } from "../delivery-error.ts";

interface GraphError {
  code: number;
  subcode?: number;
  class: DeliveryErrorClass;
  meaning: string;
  mend?: string;
}

const RECONNECT = "Connect the Page again in Console → Accounts.";

/** The first row that fits counts, so subcodes stand before their code. */
export const GRAPH_ERRORS: GraphError[] = [
  { code: 1, subcode: 99, class: "permanent", meaning: "unknown error that does not pass" },
  { code: 1, subcode: 1357046, class: "permanent", meaning: "unknown error that does not pass" },
  { code: 1, class: "later", meaning: "unknown error" },
  { code: 2, class: "later", meaning: "temporary error" },
  { code: 4, class: "later", meaning: "call limit of the app" },
  { code: 17, class: "later", meaning: "call limit of the user" },
  { code: 32, class: "later", meaning: "call limit of the Page" },
  { code: 613, class: "later", meaning: "call limit" },
  { code: 80001, class: "later", meaning: "business-use-case limit of the Page" },
  { code: 80006, class: "later", meaning: "business-use-case limit of Messenger" },
  { code: 1200, class: "later", meaning: "temporary failure of sending" },
  { code: 10, subcode: 2018278, class: "window_closed", meaning: "outside the allowed window" },
  {
    code: 10,
    subcode: 1893063,
    class: "stop_account",
    meaning: "the Page is restricted for a time",
    mend: "See Page quality in Business Suite.",
  },
  {
    code: 10,
    class: "stop_account",
    meaning: "permission missing",
    mend: "Grant pages_messaging to the app.",
  },
  { code: 200, class: "stop_account", meaning: "permission missing", mend: "Grant the permission named." },
  { code: 210, class: "stop_account", meaning: "a Page token is needed", mend: RECONNECT },
  { code: 100, subcode: 2018001, class: "permanent", meaning: "no such person for this Page" },
  { code: 100, class: "permanent", meaning: "a parameter is invalid" },
  { code: 190, class: "stop_account", meaning: "the Page token is invalid or has expired", mend: RECONNECT },
  { code: 230, class: "permanent", meaning: "the person has not consented" },
  {
    code: 368,
    class: "stop_account",
    meaning: "blocked for a policy",
    mend: "See Page quality in Business Suite.",
  },
  { code: 551, class: "permanent", meaning: "the person is not available" },
];

/** An unknown code with a client status is permanent: a person sees it and may resend. */
export function graphError(
  {
    code,
    error_subcode: subcode,
    message,
  }: { code: number; error_subcode?: number | undefined; message: string },
  retryAt?: Date,
): DeliveryError {
  const known = GRAPH_ERRORS.find(
    (row) => row.code === code && (row.subcode === undefined || row.subcode === subcode),
  );
  const words = known ? `${known.meaning} (Facebook: ${message})` : `Facebook: ${message}`;
  const errorClass = known?.class ?? "permanent";
  return new DeliveryError(
    errorClass,
    subcode ? `${code}/${subcode}` : String(code),
    known?.mend ? `${words}. ${known.mend}` : words,
    {
      ...(retryAt && errorClass === "later" ? { retryAt } : {}),
      ...(known?.mend ? { mend: known.mend } : {}),
    },
  );
}
