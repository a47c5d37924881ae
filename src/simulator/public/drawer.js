/** What opens under the composer: things to send, or the account's menu. */
import { samplePhoto } from "./api.js";
import { el } from "./dom.js";

export const STICKERS = {
  zalo: ["21979", "21980", "21981", "369239263222822"],
  facebook: ["369239263222822", "21979", "21980", "21981"],
};
const PHOTOS = { pothole: "Ổ gà", lamp: "Đèn tắt", rubbish: "Rác" };
/** Zalo's menu is set by hand in the OA's own tool; its lines send words. */
const OA_MENU = ["Gửi phản ánh", "Hỏi thủ tục", "Gặp cán bộ"].map((title) => ({
  title,
  kind: "say",
  value: title,
}));

export function attachmentChoices(channel, { does, closing, sharePlace, openFiles }) {
  const choice = (sign, label, deed) =>
    el("button.choice", { click: closing(deed) }, el("i", { "aria-hidden": "true" }, sign), label);
  return [
    choice("🖼", "Hình, tệp", openFiles),
    choice("📍", "Vị trí", sharePlace),
    ...Object.entries(PHOTOS).map(([name, label]) =>
      choice("📷", label, async () => does({ act: "files", urls: [await samplePhoto(name)] })),
    ),
    ...STICKERS[channel].map((sticker) =>
      el(
        "button.choice.sticker-choice",
        { "aria-label": "Nhãn dán", click: closing(() => does({ act: "sticker", sticker })) },
        el("img", { src: `/simulator/stickers/${sticker}.svg`, alt: "" }),
      ),
    ),
  ];
}

export function menuChoices({ account, profile }, { closing, press }) {
  const actions = profile.persistent_menu?.[0]?.call_to_actions ?? [];
  const lines = account.startsWith("zalo:")
    ? OA_MENU
    : actions.map(({ type, title, payload, url }) => ({
        title,
        kind: type === "web_url" ? "url" : "postback",
        value: payload ?? url,
      }));
  if (lines.length === 0) return [el("p.hint", {}, "Trang chưa đặt thực đơn.")];
  const choose = (line) =>
    line.kind === "url" ? window.open(line.value, "_blank", "noopener") : press(line);
  return lines.map((line) => el("button.line", { click: closing(() => choose(line)) }, line.title));
}
