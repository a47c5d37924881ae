/** One phone: whose it is, which account it talks to, what it shows, and what its buttons do. */
import { act, get, post, upload } from "./api.js";
import { el, initials } from "./dom.js";
import { attachmentChoices, menuChoices, STICKERS } from "./drawer.js";
import { newcomer, PEOPLE } from "./people.js";
import { pickPlace } from "./place-picker.js";
import { talkRows } from "./talk-rows.js";
import { toast } from "./toast.js";

export function createPhone(channel, accounts) {
  const root = document.querySelector(`#${channel}`);
  const $ = (selector) => root.querySelector(selector);
  const [accountSelect, residentSelect] = [$(".account"), $(".resident")];
  const [talk, chips, form, drawer] = [$(".talk"), $(".chips"), $(".write"), $(".drawer")];
  const input = form.elements.text;
  const isZalo = channel === "zalo";
  const own = accounts.filter(({ account }) => account.startsWith(`${channel}:`));
  let people = PEOPLE.map((person) => ({ name: person.name, resident: person[channel] }));
  let thread = null;
  let quoting = null;
  let editing = null;
  let drawn = 0;
  /** The end is in view: pictures that load, and a composer that grows, must not push it out. */
  let keepsEnd = true;

  const account = () => own.find((each) => each.account === accountSelect.value);
  const me = () => people.find(({ resident }) => resident === residentSelect.value);
  const who = () => ({ account: accountSelect.value, resident: residentSelect.value, name: me()?.name });
  const does = (deed) => act({ ...who(), ...deed });

  function fillAccounts() {
    accountSelect.replaceChildren(
      ...own.map((each) => el("option", { value: each.account }, each.name || each.account)),
    );
    accountSelect.disabled = own.length === 0;
  }

  function fillPeople() {
    const chosen = residentSelect.value;
    for (const { resident, name } of account()?.residents ?? []) {
      if (!people.some((person) => person.resident === resident)) people.push({ resident, name });
    }
    residentSelect.replaceChildren(
      ...people.map(({ resident, name }) => el("option", { value: resident }, name)),
    );
    if (people.some(({ resident }) => resident === chosen)) residentSelect.value = chosen;
  }

  async function open() {
    if (!account()) return;
    const { account: key, resident, name } = who();
    const loaded = await get(`/talk?${new URLSearchParams({ account: key, resident, name })}`);
    if (accountSelect.value !== key || residentSelect.value !== resident) return; // another was chosen meanwhile
    thread = loaded;
    drawn = thread.entries.length;
    stopQuoting();
    draw(true);
    see();
  }

  const isShown = () => root.checkVisibility?.() !== false && document.visibilityState === "visible";

  function see() {
    const hasUnseen = thread?.entries.some(
      ({ by, state }) => (by === "bot" || by === "staff") && state !== "seen",
    );
    if (!hasUnseen || !isShown()) return;
    for (const entry of thread.entries) if (entry.by !== "resident") entry.state = "seen";
    void does({ act: "see" });
  }

  /** Something changed somewhere; perhaps here. */
  function hear(update) {
    if (
      !thread ||
      update.account !== thread.account ||
      (update.resident && update.resident !== thread.resident)
    )
      return;
    if (update.type === "thread") thread.follows = update.follows;
    if (update.type === "typing") {
      thread.typingUntil = update.until;
      setTimeout(() => draw(), Math.max(0, update.until - Date.now()) + 50);
    }
    if (update.type === "entry") {
      const index = thread.entries.findIndex(({ id }) => id === update.entry.id);
      if (index >= 0) thread.entries[index] = update.entry;
      else thread.entries.push(update.entry);
      if (update.entry.by === "bot" || update.entry.by === "staff") thread.typingUntil = 0;
    }
    schedule();
  }

  let isScheduled = false;
  function schedule() {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      draw();
      see();
    });
  }

  function draw(fromScratch = false) {
    if (!thread) return;
    const name = account()?.name ?? "";
    $(".name").textContent = name;
    $(".about").textContent = isZalo ? "Tài khoản chính thức" : "Thường trả lời ngay";
    $(".avatar").textContent = initials(name);
    if (isZalo) $(".follow").textContent = thread.follows ? "Đang quan tâm" : "Quan tâm";
    talk.replaceChildren(...talkRows(thread, account(), drawn, taps));
    drawChips();
    const isMore = thread.entries.length > drawn;
    if (fromScratch || keepsEnd || isMore) talk.scrollTop = talk.scrollHeight;
    drawn = thread.entries.length;
    keepsEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 4;
  }

  function drawChips() {
    const last = thread.entries.findLast(({ by }) => by !== "note");
    if (!isZalo && thread.entries.length === 0) {
      return chips.replaceChildren(
        el("button.start", { click: () => does({ act: "getStarted" }) }, "Bắt đầu"),
      );
    }
    const quick = last?.by === "bot" ? (last.quickReplies ?? []) : [];
    const choose = ({ title, payload }) => {
      input.focus();
      void does({ act: "choose", title, payload });
    };
    chips.replaceChildren(...quick.map((reply) => el("button", { click: () => choose(reply) }, reply.title)));
  }

  const taps = {
    press: ({ title, kind, value }) => {
      if (kind === "phone") return toast(`Gọi ${value}`);
      return does({ act: "press", title, kind, value });
    },
    react: (entry, icon) => does({ act: "react", message: entry.id, icon }),
    edit(entry) {
      editing = entry;
      quoting = null;
      input.value = entry.text;
      markWriting("Đang chỉnh sửa tin nhắn");
    },
    quote(entry) {
      quoting = entry;
      editing = null;
      markWriting(`Trả lời: ${entry.text.slice(0, 60)}`);
    },
    fillInfo: () => shareInfo(),
  };

  function markWriting(text) {
    form.querySelector(".about-writing")?.remove();
    form.prepend(
      el(
        "p.about-writing",
        {},
        text,
        el("button", { type: "button", "aria-label": "Thôi", click: stopQuoting }, "✕"),
      ),
    );
    input.focus();
    grow();
  }

  function stopQuoting() {
    if (editing) input.value = "";
    quoting = editing = null;
    form.querySelector(".about-writing")?.remove();
    grow();
  }

  async function send() {
    const text = input.value.trim();
    if (!text) return;
    const deed = editing
      ? { act: "edit", message: editing.id, text }
      : { act: "text", text, ...(quoting ? { quotes: quoting.id } : {}) };
    input.value = "";
    stopQuoting();
    await does(deed).catch(() => (input.value = text));
    grow();
  }

  function grow() {
    input.rows = Math.min(4, Math.max(1, input.value.split("\n").length, Math.ceil(input.value.length / 34)));
    form.classList.toggle("has-text", input.value.trim() !== "");
  }

  async function shareInfo() {
    const dialog = document.querySelector("#info");
    const { elements } = dialog.querySelector("form");
    elements.name.value = me()?.name ?? "";
    dialog.returnValue = "cancel";
    dialog.showModal();
    await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    if (dialog.returnValue !== "share") return;
    const [name, phone, address, ward] = ["name", "phone", "address", "ward"].map(
      (field) => elements[field].value,
    );
    await act({ ...who(), name, act: "shareInfo", phone, address, ward });
  }

  async function sendFiles(files) {
    const urls = await Promise.all([...files].map(upload));
    await does({ act: "files", urls });
  }

  async function sharePlace() {
    const place = await pickPlace();
    if (place) await does({ act: "location", ...place });
    input.focus();
  }

  /** What lies under the composer: attachments, or the menu. */
  function toggleDrawer(button, content) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    closeDrawer();
    if (isOpen) return;
    button.setAttribute("aria-expanded", "true");
    drawer.replaceChildren(...content);
    drawer.hidden = false;
    drawer.querySelector("button")?.focus();
  }

  function closeDrawer() {
    drawer.hidden = true;
    for (const button of form.querySelectorAll("[aria-expanded]"))
      button.setAttribute("aria-expanded", "false");
  }

  /** A choice in the drawer closes it. */
  const closing = (deed) => () => {
    closeDrawer();
    void deed();
  };
  const deeds = {
    does,
    closing,
    sharePlace,
    openFiles: () => $(".file").click(),
    press: (line) => taps.press(line),
  };

  function listen() {
    const toEnd = () => keepsEnd && (talk.scrollTop = talk.scrollHeight);
    talk.addEventListener("load", toEnd, true);
    new ResizeObserver(toEnd).observe(talk);
    talk.addEventListener("scroll", () => {
      keepsEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 60;
    });
    accountSelect.addEventListener("change", () => {
      fillPeople();
      void open();
    });
    residentSelect.addEventListener("change", open);
    $(".newcomer").addEventListener("click", () => {
      const person = newcomer(channel);
      people = [...people, person];
      fillPeople();
      residentSelect.value = person.resident;
      void open();
      input.focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void send();
    });
    input.addEventListener("input", grow);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        void send();
      }
      if (event.key === "Escape") stopQuoting();
    });
    root.addEventListener("keydown", (event) => event.key === "Escape" && closeDrawer());
    $(".plus").addEventListener("click", () => toggleDrawer($(".plus"), attachmentChoices(channel, deeds)));
    $(".menu").addEventListener("click", () => toggleDrawer($(".menu"), menuChoices(account(), deeds)));
    $(".thumb").addEventListener("click", () => does({ act: "sticker", sticker: STICKERS[channel][0] }));
    $(".file").addEventListener("change", ({ target }) => {
      void sendFiles(target.files);
      target.value = "";
    });
    $(".follow")?.addEventListener("click", () => does({ act: thread.follows ? "unfollow" : "follow" }));
    $(".staff").addEventListener("submit", (event) => {
      event.preventDefault();
      const { text } = event.target.elements;
      void does({ act: "staff", text: text.value });
      text.value = "";
      $(".more").open = false;
    });
    for (const button of root.querySelectorAll("[data-hours]")) {
      button.addEventListener("click", async () => {
        const { account: key, resident } = who();
        await post("/residents/age", { account: key, resident, hours: Number(button.dataset.hours) });
        toast(`Nền tảng coi lần nhắn cuối là ${button.textContent} trước.`);
        $(".more").open = false;
      });
    }
  }

  fillAccounts();
  fillPeople();
  listen();
  return {
    channel,
    root,
    open,
    hear,
    see,
    account: () => accountSelect.value,
    who,
    /** Puts words into the composer, for the person to send. */
    suggest(text) {
      input.value = text;
      grow();
      input.focus();
    },
    /** The account's facts were read again. */
    renew(all) {
      for (const each of own) Object.assign(each, all.find(({ account: key }) => key === each.account) ?? {});
      fillPeople();
      draw();
    },
  };
}
