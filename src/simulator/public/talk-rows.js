/** A talk as rows: times, notes, bubbles grouped by who speaks, ticks, dots while an answer is written. */
import { bubble } from "./bubbles.js";
import { el, initials, timeOf } from "./dom.js";

/** A pause this long gets a line with the time, ms. */
const PAUSE = 10 * 60_000;
const TICKS = { sent: "Đã gửi", delivered: "Đã nhận", seen: "Đã xem" };

/** @param drawn how many entries were already shown: the others come in with a movement. */
export function talkRows(thread, account, drawn, taps) {
  const isZalo = thread.account.startsWith("zalo:");
  const lastOfMine = thread.entries.findLast(({ by }) => by === "resident");
  const list = thread.entries.length === 0 ? [welcome(account, isZalo)] : [];
  let before = null;
  thread.entries.forEach((entry, index) => {
    if (!before || entry.at - before.at > PAUSE) list.push(el("p.time", {}, timeOf(entry.at)));
    if (entry.by === "note") list.push(el("p.note", {}, entry.text));
    else list.push(row(entry, before, thread.entries[index + 1], index >= drawn));
    before = entry;
  });
  if (thread.typingUntil > Date.now()) list.push(typing());
  return list;

  function row(entry, former, next, isNew) {
    const isFirst = sideOf(former) !== sideOf(entry);
    const isLast = sideOf(next) !== sideOf(entry);
    const isMine = entry.by === "resident";
    const classes = [isMine ? "mine" : "theirs", isFirst && "first", isLast && "last", isNew && "new"];
    return el(
      ["div", "row", ...classes.filter(Boolean)].join("."),
      {},
      isMine ? null : avatar(isLast),
      bubble(entry, thread, taps),
      entry === lastOfMine ? tick(entry) : null,
    );
  }

  function avatar(isVisible) {
    return el(`span.avatar${isVisible ? "" : ".none"}`, { "aria-hidden": "true" }, initials(account.name));
  }

  function tick({ state }) {
    const label = TICKS[state];
    return el(`span.tick.${state}`, { role: "img", "aria-label": label, title: label }, isZalo ? label : "");
  }

  function typing() {
    const dots = { role: "img", "aria-label": "Đang soạn tin" };
    return el("div.row.theirs.last", {}, avatar(true), el("div.typing", dots, el("i"), el("i"), el("i")));
  }
}

const sideOf = (entry) => (entry ? (entry.by === "resident" ? "mine" : entry.by) : null);

function welcome({ name, profile }, isZalo) {
  const greeting = profile.greeting?.[0]?.text;
  return el(
    "div.welcome",
    {},
    el("span.avatar", { "aria-hidden": "true" }, initials(name)),
    el("b", {}, name),
    el("p", {}, isZalo ? "Official Account · Cơ quan nhà nước" : "Trang · Cơ quan chính phủ"),
    greeting && !isZalo ? el("p", {}, greeting) : null,
    el("p.hint", {}, isZalo ? "Nhắn tin đầu tiên, hoặc bấm Quan tâm." : "Bấm Bắt đầu, hoặc cứ nhắn tin."),
  );
}
