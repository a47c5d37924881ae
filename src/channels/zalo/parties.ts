/** Who speaks to whom in a Zalo webhook: the envelope differs from event to event (zalo-oa.md §4). */
import { field, id } from "../loose-json.ts";

export interface Parties {
  /** The OA, or `app:<app id>` where the event concerns a person and an app but names no OA (user_withdraw). */
  account: string;
  resident: string | null;
}

export const nameOf = (body: unknown): string => id(field(body, "event_name")) ?? "";
export const appOf = (body: unknown): string | null => id(field(body, "app_id"));

/** Events of the OA towards a person: its own messages, and what became of them. */
const isFromOa = (name: string) => /^oa_|^user_(seen|received)_message$/.test(name);
const isOfGroup = (name: string) => /group/.test(name);

export function partiesOf(body: unknown): Parties {
  const name = nameOf(body);
  const [sender, recipient] = [id(field(body, "sender", "id")), id(field(body, "recipient", "id"))];
  const named = id(field(body, "oa_id")) ?? id(field(body, "oaId"));
  const app = appOf(body);
  const oa = named ?? (isFromOa(name) ? sender : recipient);
  return { account: oa ?? (app ? `app:${app}` : ""), resident: residentOf(body, name, sender, recipient) };
}

function residentOf(body: unknown, name: string, sender: string | null, recipient: string | null) {
  if (isOfGroup(name) || isTemplateReceipt(body)) return null;
  const person = id(field(body, "follower", "id")) ?? id(field(body, "user_id"));
  return person ?? (isFromOa(name) ? recipient : sender);
}

/** A template sent to a phone number: the recipient is the phone or a hash of it, nobody we talk with. */
export function isTemplateReceipt(body: unknown): boolean {
  const message = field(body, "message");
  return (
    nameOf(body) === "user_received_message" &&
    (field(message, "tracking_id") !== undefined || field(message, "delivery_time") !== undefined)
  );
}

/** Every id under which the OA may stand in the body. */
export function oaCandidates(body: unknown): string[] {
  return [["oa_id"], ["oaId"], ["sender", "id"], ["recipient", "id"]]
    .map((path) => id(field(body, ...path)))
    .filter((found) => found !== null);
}
