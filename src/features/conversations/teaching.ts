/**
 * Asking a resident whether their unclear messages may teach the bot: once, at a calm moment, and a no is a no. What
 * it is then used for: residents/candidates.ts.
 */
import type { Reply } from "../../channels/channel.ts";
import { askFor, withChoices } from "../../dialogue/choices.ts";
import { CONSENT_VERSION, giveConsent, hasConsent, withdrawConsent } from "../../residents/consents.ts";
import type { Feature, TurnContext } from "../feature.ts";
import { updateResident, wasAskedToTeach } from "./store.ts";

const YES = "teaching.yes";
const NO = "teaching.no";
const STOP = "teaching.stop";

/** Words that take the consent back, whatever else was said: “đừng lấy tin nhắn của tôi dạy bot nữa”. */
const WITHDRAWS =
  /(?<!\p{L})(?:đừng|dung|ngưng|ngung|ngừng|thôi|thoi|không cho|khong cho|hổng cho|hong cho|stop|don't)(?!\p{L}).{0,40}(?:tin nhắn|tin nhan|tin của|tin cua|messages?).{0,40}(?<!\p{L})(?:dạy|day|học|hoc|teach|train)(?!\p{L})/iu;

export const teaching = {
  /** A misunderstanding was cleared up or a rating given, and nothing else is being asked. */
  async news(context: TurnContext, mayAsk: boolean): Promise<Reply[]> {
    const { tx, residentId, say } = context;
    if (!mayAsk || !context.isSettled || (await wasAskedToTeach(tx, residentId, CONSENT_VERSION))) return [];
    if (await hasConsent(tx, residentId, "training")) return [];
    await updateResident(tx, residentId, { teachingAsked: CONSENT_VERSION });
    return [
      withChoices(say("teaching.ask"), [
        { label: say("teaching.yes"), value: askFor(YES) },
        { label: say("teaching.no"), value: askFor(NO) },
      ]),
    ];
  },
  codes: [{ pattern: WITHDRAWS, intent: STOP }],
  answers: {
    async [YES](_turn, { tx, residentId, say }) {
      await giveConsent(tx, residentId, "training");
      return [{ text: say("teaching.thanks") }];
    },
    async [NO](_turn, { tx, residentId, say }) {
      await withdrawConsent(tx, residentId, "training");
      return [{ text: say("teaching.refused") }];
    },
    async [STOP](_turn, { tx, residentId, say }) {
      await withdrawConsent(tx, residentId, "training");
      return [{ text: say("teaching.stopped") }];
    },
  },
} satisfies Partial<Feature>;
