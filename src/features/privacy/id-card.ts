/**
 * Photos of identity cards are not kept (Law 91/2025 calls them sensitive; nothing here needs one): the card is known by
 * its QR, refused before a byte is stored, its address forgotten, and the resident told once, kindly.
 */
import { queueReplies } from "../../channels/queue-replies.ts";
import type { ForbiddenFile } from "../../channels/media.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import { readQr } from "../../infra/read-qr.ts";
import { forgetAddress, whoSentFile } from "./store.ts";

/**
 * Citizen's card (CCCD, căn cước): "079085001234|023456789|Nguyễn Văn An|01021985|Nam|…|25122021", the former number
 * possibly empty, newer cards with more at the end.
 */
const CARD = /^\d{12}\|\d{0,12}\|[^|]{2,60}\|\d{8}\|/;

export const isCardText = (text: string) => CARD.test(text.trim());

export function refuseIdCards(wording: WordingBook): ForbiddenFile {
  return {
    reason: "id_card",
    async isOne(bytes) {
      const text = await readQr(bytes).catch(() => null); // not a picture
      return text !== null && isCardText(text);
    },
    async afterwards(tx, attachmentId) {
      const sender = await whoSentFile(tx, attachmentId);
      await forgetAddress(tx, attachmentId);
      // an officer's own picture is nobody's to be told of; while a person holds the talk the bot is silent
      if (!sender || sender.kind !== "message" || sender.state === "staff") return;
      const say = wording.in(sender.language === "en" ? "en" : "vi");
      const to = {
        ...{ accountId: sender.accountId, conversationId: sender.conversationId },
        recipient: { user: sender.externalId },
      };
      // both sides of a card in one message are one sentence
      const by = { author: "bot", dedupeKey: `id-card:${sender.eventId}` } as const;
      await queueReplies(tx, to, [{ text: say("privacy.idCard") }], by);
    },
  };
}
