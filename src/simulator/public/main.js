/** Brings the page to life: two phones, the panel, and one stream of what changes. */
import { get } from "./api.js";
import { timeOf } from "./dom.js";
import { createPanel } from "./panel.js";
import { createPhone } from "./phone.js";

let facts = await get("/accounts");
const phones = { zalo: createPhone("zalo", facts), facebook: createPhone("facebook", facts) };
const all = Object.values(phones);
let active = phones.zalo;
for (const phone of all) {
  phone.root.addEventListener("focusin", () => (active = phone));
  phone.root.addEventListener("change", () => panel.drawPosts());
}
const panel = createPanel(phones, pick, () => facts);
panel.drawPosts();
await Promise.all(all.map((phone) => phone.open()));

/** The phone to write on; on a narrow screen it is brought to the front. */
function pick() {
  if (document.body.dataset.tab === "panel") showTab(active.channel);
  return active;
}

const stream = new EventSource("/simulator/control/stream");
stream.addEventListener("message", ({ data }) => {
  const update = JSON.parse(data);
  if (update.type === "account") return void renew();
  for (const phone of all) phone.hear(update);
});
let wasCut = false;
stream.addEventListener("error", () => (wasCut = true));
stream.addEventListener("open", () => {
  if (wasCut) for (const phone of all) void phone.open(); // what came meanwhile
  wasCut = false;
});

async function renew() {
  facts = await get("/accounts");
  for (const phone of all) phone.renew(facts);
  panel.drawPosts();
}

const tabs = [...document.querySelectorAll(".tabs button")];
function showTab(name) {
  document.body.dataset.tab = name;
  for (const tab of tabs) tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
  if (phones[name]) {
    active = phones[name];
    active.see();
  }
}
for (const tab of tabs) tab.addEventListener("click", () => showTab(tab.dataset.tab));
document.querySelector(".tabs").addEventListener("keydown", ({ key }) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (!step) return;
  const next = tabs.at((tabs.indexOf(document.activeElement) + step) % tabs.length);
  next.focus();
  showTab(next.dataset.tab);
});

document.addEventListener("click", ({ target }) => {
  const picture = target.closest("[data-picture]");
  if (picture) {
    const dialog = document.querySelector("#picture");
    dialog.querySelector("img").src = picture.dataset.picture;
    dialog.showModal();
  }
  for (const menu of document.querySelectorAll("details.more[open]"))
    if (!menu.contains(target)) menu.open = false;
});
document.querySelector("#picture").addEventListener("click", ({ currentTarget }) => currentTarget.close());

const tell = () => {
  for (const clock of document.querySelectorAll(".clock")) clock.textContent = timeOf(Date.now());
};
tell();
setInterval(tell, 10_000);
document.addEventListener("visibilitychange", () => {
  for (const phone of all) phone.see();
});
document.body.dataset.ready = "yes";
