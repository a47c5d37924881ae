/** One message as the apps draw it. */
import { shown } from "./api.js";
import { el, timeOf } from "./dom.js";
import { placeCard } from "./place-card.js";

/** @param on what a tap does: press(button), react(entry), edit(entry), quote(entry), fillInfo() */
export function bubble(entry, thread, on) {
  const parts = [];
  const quoted = entry.quotes && thread.entries.find(({ id }) => id === entry.quotes);
  for (const attachment of entry.attachments ?? []) parts.push(attached(attachment));
  if (entry.text || quoted) parts.push(words(entry, quoted, on));
  else if (entry.buttons) parts.push(el("div.text", {}, buttons(entry.buttons, on)));
  if (entry.cards)
    parts.push(
      el(
        "div.cards",
        {},
        entry.cards.map((card) => drawCard(card, entry, on)),
      ),
    );
  const isMine = entry.by === "resident";
  return el(
    `div.bubble.${isMine ? "mine" : "theirs"}${entry.by === "staff" ? ".staff" : ""}`,
    { "data-id": entry.id },
    entry.by === "staff" ? el("small.author", {}, "Cán bộ trả lời") : null,
    ...parts,
    entry.reaction ? el("span.reaction", { "aria-label": "Cảm xúc" }, shownReaction(entry.reaction)) : null,
    tools(entry, thread, on),
  );
}

const shownReaction = (icon) => ({ "/-heart": "❤️", "/-strong": "👍" })[icon] ?? icon;

function words(entry, quoted, on) {
  return el(
    "div.text",
    { title: timeOf(entry.at) },
    quoted ? el("blockquote", {}, quoted.text.slice(0, 120) || "Hình") : null,
    ...linked(entry.text),
    entry.edits ? el("small.edited", {}, " Đã chỉnh sửa") : null,
    el("time", {}, timeOf(entry.at)),
    entry.buttons ? buttons(entry.buttons, on) : null,
  );
}

/** Addresses in a text become links. */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s]+[^\s.,;:!?)”"])/g)
    .map((part, index) =>
      index % 2 === 1 ? el("a", { href: part, target: "_blank", rel: "noopener" }, part) : part,
    );
}

function attached({ type, url, name, title, size, latitude, longitude }) {
  switch (type) {
    case "image":
    case "gif":
      return el(
        "button.picture",
        { "aria-label": "Xem hình", "data-picture": shown(url) },
        el("img", { src: shown(url), alt: "" }),
      );
    case "sticker":
      return el("img.sticker", { src: shown(url), alt: "Nhãn dán" });
    case "location":
      return placeCard(latitude, longitude);
    case "audio":
      return el("audio", { controls: "", src: shown(url) });
    case "video":
      return el("video", { controls: "", src: shown(url) });
    default: {
      const about = size ? `${Math.max(1, Math.round(size / 1024))} KB` : "";
      const label = el("span", {}, el("b", {}, name || title || url), el("small", {}, about));
      return el(
        "a.attached",
        { href: shown(url), target: "_blank", rel: "noopener" },
        el("i", { "aria-hidden": "true" }, "📄"),
        label,
      );
    }
  }
}

function buttons(list, on) {
  return el(
    "div.buttons",
    {},
    list.map((button) =>
      button.kind === "url"
        ? el("a", { href: button.value, target: "_blank", rel: "noopener" }, button.title)
        : el("button", { click: () => on.press(button) }, button.title),
    ),
  );
}

function drawCard(card, entry, on) {
  return el(
    "div.cardlike",
    {},
    card.picture ? el("img", { src: shown(card.picture), alt: "" }) : null,
    el("b", {}, card.title),
    card.subtitle ? el("p", {}, card.subtitle) : null,
    card.url ? el("a", { href: card.url, target: "_blank", rel: "noopener" }, "Xem chi tiết") : null,
    card.buttons.length > 0 ? buttons(card.buttons, on) : null,
    entry.asksInfo
      ? el("div.buttons", {}, el("button", { click: () => on.fillInfo() }, "Chia sẻ thông tin"))
      : null,
  );
}

/** Small and out of the way: react and answer to theirs, mend one's own (Messenger only). */
function tools(entry, thread, on) {
  const isZalo = thread.account.startsWith("zalo:");
  const tool = (label, sign, deed) => el("button", { "aria-label": label, title: label, click: deed }, sign);
  const list =
    entry.by === "resident"
      ? !isZalo && entry.text && (entry.edits ?? 0) < 5 && !entry.id.startsWith("note")
        ? [tool("Chỉnh sửa", "✎", () => on.edit(entry))]
        : []
      : [
          tool("Thả tim", "♡", () => on.react(entry, isZalo ? "/-heart" : "❤")),
          tool("Trả lời tin này", "↩", () => on.quote(entry)),
        ];
  return list.length > 0 ? el("span.tools", {}, list) : null;
}
