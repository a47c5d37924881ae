/* The inbox as it happens. Without this script everything works by reloading the page. */
(() => {
  "use strict";
  const inbox = document.getElementById("inbox");
  if (!inbox) return;
  const HERE = "/console/conversations";
  const WORDS = JSON.parse(inbox.dataset.words);
  const csrf = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["x-csrf-token"];
  const talk = document.getElementById("talk");
  const talkId = (talk && talk.dataset.talk) || "";
  const timeline = () => document.getElementById("timeline");
  const list = () => document.getElementById("talk-list");
  const isOlder = new URLSearchParams(location.search).has("before");

  /* ── times ── */

  const said = (words, what) => words.replace("#", String(what));
  function length(from, to) {
    const minutes = Math.floor((to - from) / 60000);
    if (minutes < 1) return WORDS.now;
    if (minutes < 60) return said(minutes === 1 ? WORDS.minute : WORDS.minutes, minutes);
    const hours = Math.floor(minutes / 60);
    if (hours < 48) return said(hours === 1 ? WORDS.hour : WORDS.hours, hours);
    return said(WORDS.days, Math.floor(hours / 24));
  }
  function tick() {
    const now = Date.now();
    for (const time of document.querySelectorAll("[data-since]"))
      time.textContent = length(Date.parse(time.dateTime), now);
    for (const time of document.querySelectorAll("[data-until]")) {
      const end = Date.parse(time.dateTime);
      time.textContent = end > now ? said(WORDS.left, length(now, end)) : WORDS.over;
    }
  }
  setInterval(tick, 20000);

  /* ── the list ── */

  function belongs(line) {
    const { tab, unit, channel, label, staff } = list().dataset;
    const facts = line.dataset;
    if (tab === "search" || tab === "mentions") return Boolean(document.getElementById(line.id));
    const isMine = facts.staff !== "" && facts.staff === staff;
    const place = facts.tab === "staff" ? (isMine ? "mine" : "held") : facts.tab;
    if (place !== tab) return false;
    if (unit && facts.unit !== unit) return false;
    if (channel && facts.channel !== channel) return false;
    if (label && !JSON.parse(facts.labels).includes(label)) return false;
    const skills = JSON.parse(list().dataset.skills);
    if (skills.length === 0 || skills.includes(facts.skill)) return true;
    return facts.skill === "" && list().dataset.openToAll === "yes";
  }

  /** Who waits longest stands first; elsewhere what changed last. */
  function goesBefore(line, other) {
    if (list().dataset.tab === "waiting") {
      if (line.dataset.urgent !== other.dataset.urgent) return line.dataset.urgent === "1";
      return line.dataset.at < other.dataset.at;
    }
    return line.dataset.at > other.dataset.at;
  }

  function place(html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    const line = box.content.firstElementChild;
    const lines = document.getElementById("talk-lines");
    const known = document.getElementById(line.id);
    const hadFocus = known && known.contains(document.activeElement);
    const isHere = belongs(line);
    if (known) known.remove();
    if (!isHere) return;
    const link = line.querySelector("a");
    link.href += list().dataset.query ? `?${list().dataset.query}` : "";
    if (line.id === `talk-${talkId}`) link.setAttribute("aria-current", "true");
    const next = [...lines.children].find((other) => goesBefore(line, other));
    lines.insertBefore(line, next || null);
    if (hadFocus) link.focus();
  }

  /** Everything that was missed while the line was cut. */
  async function refreshList() {
    const answer = await fetch(`${HERE}/list?${list().dataset.query}&open=${talkId}`);
    if (!answer.ok) return;
    const box = document.createElement("template");
    box.innerHTML = await answer.text();
    document.getElementById("talk-lines").replaceWith(box.content.querySelector("#talk-lines"));
    const counts = [...box.content.querySelectorAll("[data-tab-count]")];
    showCounts(
      Object.fromEntries(counts.map((count) => [count.dataset.tabCount, Number(count.textContent)])),
    );
  }

  /** Figures of the tabs: sent at most once a second, read once for everybody. */
  function showCounts(counts) {
    for (const [tab, count] of Object.entries(counts)) {
      const shown = list().querySelector(`[data-tab-count="${tab}"]`);
      if (!shown) continue;
      shown.textContent = String(count);
      shown.hidden = count === 0;
    }
    showWaiting(String(counts.waiting), counts.waiting === 0);
    alertWaiting(counts.waiting, counts.mentions);
  }

  function showWaiting(number, isNone) {
    for (const badge of document.querySelectorAll('[data-count="waiting"]')) {
      badge.textContent = number;
      badge.hidden = isNone;
    }
  }

  /* ── for who is not looking: title, notification, sound; each person turns it on for this browser ── */

  const TITLE = document.title;
  const bell = document.getElementById("inbox-bell");
  const isOn = () => localStorage.getItem("inbox-bell") === "on" && Notification.permission === "granted";
  const shownCount = (tab) => Number(list().querySelector(`[data-tab-count="${tab}"]`).textContent);
  let known = { waiting: shownCount("waiting"), mentions: shownCount("mentions") };

  function alertWaiting(waiting, mentions) {
    document.title = waiting + mentions > 0 ? `(${waiting + mentions}) ${TITLE}` : TITLE;
    const rises = waiting > known.waiting || mentions > known.mentions;
    const words = mentions > known.mentions ? WORDS.mentioned : said(WORDS.waiting, waiting);
    known = { waiting, mentions };
    if (!rises || !isOn() || (document.visibilityState === "visible" && document.hasFocus())) return;
    ring();
    // no name and no word of what was written: the screen may be seen by anybody
    const notice = new Notification("Hỏi Phường", { body: words, tag: "inbox", renotify: true });
    notice.addEventListener("click", () => {
      window.focus();
      notice.close();
    });
  }

  /** Two soft tones, made here: nothing is fetched. */
  function ring() {
    const sound = new AudioContext();
    for (const [at, pitch] of [
      [0, 660],
      [0.18, 880],
    ]) {
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.12, sound.currentTime + at);
      volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + at + 0.3);
      tone.connect(volume).connect(sound.destination);
      tone.start(sound.currentTime + at);
      tone.stop(sound.currentTime + at + 0.3);
    }
    setTimeout(() => void sound.close(), 1000);
  }

  function showBell() {
    bell.setAttribute("aria-pressed", String(isOn()));
    bell.title = isOn() ? WORDS.bellOn : WORDS.bellOff;
  }
  if (bell && "Notification" in window) {
    bell.hidden = false;
    showBell();
    bell.addEventListener("click", async () => {
      const wasOn = isOn();
      if (!wasOn && (await Notification.requestPermission()) === "denied") bell.title = WORDS.bellBlocked;
      else {
        localStorage.setItem("inbox-bell", wasOn ? "off" : "on");
        showBell();
      }
    });
  }

  /* ── the open talk ── */

  const isAtEnd = () => timeline().scrollHeight - timeline().scrollTop - timeline().clientHeight < 80;
  const toEnd = () => (timeline().scrollTop = timeline().scrollHeight);

  /** New entries come below, changed ones (delivered, seen, a picture fetched) change in their place. */
  function mergeTimeline(fresh) {
    const wasAtEnd = isAtEnd();
    const known = new Map([...timeline().children].map((entry) => [entry.dataset.key, entry]));
    let before = null;
    for (const entry of [...fresh.children]) {
      const old = known.get(entry.dataset.key);
      if (old) {
        if (old.innerHTML !== entry.innerHTML && !old.querySelector("[data-drawn], audio, video"))
          old.replaceWith(entry);
        before = document.querySelector(`#timeline > [data-key="${entry.dataset.key}"]`);
      } else if (entry.dataset.key !== "older") {
        if (before) before.after(entry);
        else timeline().append(entry);
        before = entry;
      }
    }
    drawMaps();
    if (wasAtEnd) toEnd();
  }

  let refreshing = false;
  let again = false;
  async function refreshTalk() {
    if (!talkId || isOlder) return;
    if (refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    try {
      const seen = document.visibilityState === "visible" ? "?seen" : "";
      const answer = await fetch(`${HERE}/${talkId}/parts${seen}`);
      if (answer.status === 401) location.assign("/console/sign-in");
      if (answer.ok) {
        const box = document.createElement("template");
        box.innerHTML = await answer.text();
        for (const part of [...box.content.children]) {
          const shown = document.querySelector(`[data-part="${part.dataset.part}"]`);
          if (!shown) continue;
          if (part.dataset.part === "timeline") mergeTimeline(part);
          // a question that is being answered is not torn away
          else if (!shown.querySelector(":popover-open")) shown.replaceWith(part);
        }
        lock();
        tick();
      }
    } finally {
      refreshing = false;
      if (again) {
        again = false;
        void refreshTalk();
      }
    }
  }

  /** Who answers meanwhile is seen; the box is closed so that two do not answer at once. */
  function lock() {
    const holder = document.querySelector('[data-part="holder"]');
    const box = document.querySelector("[data-reply]");
    if (!holder || !box) return;
    const isLocked = holder.dataset.locked === "yes";
    const send = document.querySelector("#reply-form button[type=submit]:not([data-note])");
    send.disabled = isLocked;
    box.placeholder = isLocked ? WORDS.locked : WORDS.reply;
  }

  /* ── live ── */

  const offline = document.querySelector(".inbox-offline");
  let wasCut = false;
  const source = new EventSource(`${HERE}/live?talk=${talkId}`);
  source.addEventListener("open", () => {
    offline.hidden = true;
    inbox.dataset.live = "yes";
    if (!wasCut) return;
    wasCut = false;
    void refreshList();
    void refreshTalk();
  });
  source.addEventListener("error", () => {
    wasCut = true;
    offline.hidden = false;
    delete inbox.dataset.live;
    // closed for good: signed out meanwhile, perhaps
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });
  source.addEventListener("row", (event) => {
    place(JSON.parse(event.data).html);
  });
  source.addEventListener("counts", (event) => showCounts(JSON.parse(event.data)));
  source.addEventListener("gone", (event) => {
    const line = document.getElementById(`talk-${event.data}`);
    if (line) line.remove();
  });
  source.addEventListener("talk", () => void refreshTalk());
  source.addEventListener("refresh", () => {
    void refreshList();
    void refreshTalk();
  });
  addEventListener("pagehide", () => {
    source.close();
    if (talkId) void post(`${HERE}/${talkId}/absent`, new URLSearchParams(), true);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void refreshTalk();
  });

  function post(address, body, keepalive) {
    const headers = { "x-csrf-token": csrf, "hx-request": "true" };
    return fetch(address, { method: "POST", body, headers, keepalive: Boolean(keepalive) });
  }
  if (talkId) setInterval(() => void post(`${HERE}/${talkId}/present`, new URLSearchParams()), 25000);

  /* ── answering ── */

  const form = document.getElementById("reply-form");
  const box = document.querySelector("[data-reply]");
  const files = document.querySelector("[data-files]");
  const DRAFT = `draft-${talkId}`;

  function grow() {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, innerHeight * 0.4)}px`;
  }
  function showFiles() {
    const names = [...files.files].map(({ name }) => name).join(", ");
    document.querySelector("[data-file-names]").textContent = names;
  }
  function tell(text) {
    let line = form.querySelector(".composer-trouble");
    if (!line) {
      line = document.createElement("p");
      line.className = "composer-trouble";
      line.setAttribute("role", "alert");
      form.append(line);
    }
    line.textContent = text;
    line.hidden = !text;
  }

  if (form) {
    box.value = box.value || sessionStorage.getItem(DRAFT) || "";
    grow();
    box.addEventListener("input", () => {
      sessionStorage.setItem(DRAFT, box.value);
      grow();
      showCanned();
    });
    files.addEventListener("change", showFiles);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (form.dataset.busy) return;
      form.dataset.busy = "yes";
      const address =
        (event.submitter && event.submitter.getAttribute("formaction")) || form.getAttribute("action");
      try {
        const answer = await post(address, new FormData(form));
        if (answer.status === 409) return tell(await answer.text());
        if (!answer.ok) return tell(WORDS.notSent);
        tell("");
        box.value = "";
        files.value = "";
        document.querySelector("[data-inserts]")?.replaceChildren();
        sessionStorage.removeItem(DRAFT);
        showFiles();
        grow();
        await refreshTalk();
        toEnd();
      } catch {
        tell(WORDS.cutOff);
      } finally {
        delete form.dataset.busy;
        box.focus();
      }
    });
  }

  /* ── answers kept ready: "/" and a word ── */

  const canned = document.getElementById("canned");
  const options = () =>
    [...canned.querySelectorAll("[data-shortcut], [data-mention]")].filter(({ hidden }) => !hidden);
  const bare = (text) =>
    text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/đ/gi, "d")
      .toLowerCase();
  /** "@" and what was typed after it, before the cursor. */
  const mention = () => /(^|\s)@([^@\n]{0,30})$/.exec(box.value.slice(0, box.selectionStart));

  /** "/" at the beginning offers answers, "@" anywhere the colleagues. */
  function showCanned() {
    const command = /^\/(.*)$/s.exec(box.value);
    const called = command ? null : mention();
    const wanted = bare(command ? command[1] : called ? called[2] : "");
    for (const option of canned.querySelectorAll("[data-shortcut]"))
      option.hidden = !command || !bare(`${option.dataset.shortcut} ${option.dataset.text}`).includes(wanted);
    for (const option of canned.querySelectorAll("[data-mention]"))
      option.hidden = !called || !bare(option.dataset.mention).includes(wanted);
    canned.querySelector(".canned-none").hidden = !command || options().length > 0;
    canned.hidden = !command && options().length === 0;
    choose(0);
  }
  function choose(index) {
    const shown = options();
    shown.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (shown[index]) shown[index].scrollIntoView({ block: "nearest" });
  }
  function take(option) {
    if (option.dataset.mention) {
      const at = box.selectionStart - mention()[2].length;
      box.setRangeText(`${option.dataset.mention} `, at, box.selectionStart, "end");
    } else box.value = option.dataset.text;
    canned.hidden = true;
    sessionStorage.setItem(DRAFT, box.value);
    grow();
    box.focus();
  }
  if (canned) {
    canned.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[data-shortcut], [data-mention]");
      event.preventDefault();
      if (option) take(option);
    });
  }

  /* ── a procedure, a report, a parcel put into the answer ── */

  const insert = document.getElementById("insert");
  if (insert) {
    const words = insert.querySelector("[data-insert-words]");
    const found = insert.querySelector("[data-insert-found]");
    const kinds = [...insert.querySelectorAll("[data-insert-kind]")];
    const chosen = () => kinds.find((kind) => kind.getAttribute("aria-selected") === "true");
    let asked = 0;
    let typing = 0;
    async function look() {
      const mine = ++asked;
      const query = new URLSearchParams({ kind: chosen().dataset.insertKind, q: words.value });
      words.placeholder = chosen().dataset.hint;
      const answer = await fetch(`${insert.dataset.insertAt}?${query}`);
      if (mine === asked && answer.ok) found.innerHTML = await answer.text();
    }
    insert.addEventListener("toggle", (event) => {
      if (event.newState !== "open") return;
      words.focus();
      void look();
    });
    words.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(look, 200);
    });
    words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = found.querySelector("[data-insert]");
      if (first) first.click();
    });
    insert.addEventListener("click", async (event) => {
      const kind = event.target.closest("[data-insert-kind]");
      if (kind) {
        for (const other of kinds) {
          other.setAttribute("aria-selected", String(other === kind));
          other.classList.toggle("active", other === kind);
        }
        words.value = "";
        words.focus();
        return look();
      }
      const part = event.target.closest("[data-insert]");
      if (!part) return;
      const query = new URLSearchParams({ part: part.dataset.insert });
      const answer = await fetch(`${insert.dataset.insertAt}/text?${query}`);
      if (!answer.ok) return tell(WORDS.notFound);
      const { text, hasPicture } = await answer.json();
      box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input"));
      if (hasPicture) addPicture(part.dataset.insert, part.closest("li").querySelector(".insert-title"));
      insert.hidePopover();
      box.focus();
    });
  }
  function addPicture(named, title) {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "badge tone-info";
    chip.textContent = `${said(WORDS.picture, title.textContent)} ×`;
    chip.setAttribute("aria-label", said(WORDS.dropPicture, title.textContent));
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "insert";
    field.value = named;
    chip.append(field);
    chip.addEventListener("click", () => chip.remove());
    document.querySelector("[data-inserts]").append(chip);
  }

  /* ── keys ── */

  document.addEventListener("keydown", (event) => {
    if (event.target === box) return inBox(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [popover]")) return;
    const deeds = {
      j: () => step(1),
      k: () => step(-1),
      "/": () => document.querySelector("[data-search]").focus(),
      r: () => box && box.focus(),
      c: () => click(`form[action="${HERE}/${talkId}/claim"] button`),
    };
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });

  function inBox(event) {
    if (event.key === "Escape") {
      canned.hidden = true;
      box.blur();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return form.requestSubmit();
    if (canned.hidden) return;
    const shown = options();
    const index = shown.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose((index + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
    }
    if (event.key === "Enter" && shown[index]) {
      event.preventDefault();
      take(shown[index]);
    }
  }
  function click(selector) {
    const button = document.querySelector(selector);
    if (button) button.click();
  }
  function step(by) {
    const links = [...document.querySelectorAll(".talk-line > a")];
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    const next = links[at === -1 ? (by > 0 ? 0 : links.length - 1) : at + by];
    if (next) next.click();
  }

  /* ── places on a map ── */

  function drawMaps() {
    const { tiles, attribution } = inbox.dataset;
    if (!window.L || !tiles || tiles === "none") return;
    for (const place of document.querySelectorAll("[data-map]:not([data-drawn])")) {
      place.dataset.drawn = "yes";
      const at = [Number(place.dataset.latitude), Number(place.dataset.longitude)];
      place.append(document.createElement("div"));
      const map = window.L.map(place, { scrollWheelZoom: false, zoomControl: false }).setView(at, 16);
      map.attributionControl.setPrefix(false);
      window.L.tileLayer(tiles, { attribution, maxZoom: 19 }).addTo(map);
      window.L.circleMarker(at, { radius: 9, color: "#0f6b5c", weight: 3 }).addTo(map);
    }
  }

  if (timeline()) {
    drawMaps();
    if (!isOlder) toEnd();
    // pictures that come later push the end down
    for (const image of timeline().querySelectorAll("img"))
      image.addEventListener("load", () => !isOlder && toEnd(), { once: true });
    lock();
  }
})();
