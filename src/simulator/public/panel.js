/** Beside the phones: sentences to try, the Page's posts, faults on demand, the line's figures. */
import { act, get, post, put, shown } from "./api.js";
import { el, timeOf } from "./dom.js";
import { toast } from "./toast.js";

const panel = document.querySelector("#panel");

/** @param phones by channel. @param active the phone last used. */
export function createPanel(phones, active, facts) {
  for (const button of panel.querySelectorAll(".sentence")) {
    button.addEventListener("click", () => active().suggest(button.textContent));
  }
  listenToFaults();
  const counts = panel.querySelector("#counts");
  setInterval(() => counts.open && void drawCounts(), 1000);
  counts.addEventListener("toggle", () => counts.open && void drawCounts());

  function drawPosts() {
    const page = facts().find(({ account }) => account === phones.facebook.account());
    const posts = page?.posts ?? [];
    const place = panel.querySelector("#posts");
    if (posts.length === 0) return place.replaceChildren(el("p.hint", {}, "Trang này chưa có bài đăng."));
    const isWriting = place.contains(document.activeElement) && document.activeElement.value;
    if (!isWriting) place.replaceChildren(...posts.slice(0, 3).map((each) => drawPost(each, page)));
  }

  function drawPost({ id, text, at, comments, picture, pictures, link, edited }, page) {
    const field = el("input", {
      name: "text",
      placeholder: "Viết bình luận…",
      "aria-label": "Bình luận",
      required: "",
      autocomplete: "off",
    });
    const form = el(
      "form",
      {
        submit: (event) => {
          event.preventDefault();
          const { value } = field;
          field.value = "";
          void act({ ...phones.facebook.who(), act: "comment", post: id, text: value });
        },
      },
      field,
      el("button", { "aria-label": "Gửi bình luận" }, "➤"),
    );
    return el(
      "article",
      {},
      el("p.by", {}, el("b", {}, page.name), ` · ${timeOf(at)}${edited ? " · Đã chỉnh sửa" : ""}`),
      el("p", {}, text),
      ...(pictures ?? [picture]).map((each) => (each ? el("img", { src: shown(each), alt: "" }) : null)),
      link ? el("a.link", { href: link, target: "_blank", rel: "noopener" }, link) : null,
      el(
        "ul",
        {},
        comments.map((each) =>
          el(
            each.parentId === id ? "li" : "li.reply",
            {},
            el("b", {}, each.authorName),
            el("span", {}, each.text),
          ),
        ),
      ),
      form,
    );
  }

  return { drawPosts };
}

function listenToFaults() {
  const form = panel.querySelector("#faults form");
  const badge = panel.querySelector("#faults .badge");
  const shares = [...form.querySelectorAll("input[type=range]")];
  const mark = () => {
    for (const input of shares) input.previousElementSibling.textContent = `${input.value} %`;
    const active = shares.filter(({ value }) => value !== "0").length;
    badge.hidden = active === 0;
    badge.textContent = `${active} đang bật`;
  };
  const send = () =>
    put("/faults", Object.fromEntries(shares.map(({ name, value }) => [name, Number(value) / 100])));
  form.addEventListener("input", mark);
  form.addEventListener("change", send);
  form.addEventListener("reset", () => setTimeout(() => (mark(), send())));
  form.querySelector("#expire").addEventListener("click", async () => {
    const account = document.querySelector("#zalo .account").value;
    await post("/tokens/expire", { account });
    toast("Mã truy cập Zalo đã hết hạn: lần gửi tới sẽ phải xin mã mới.");
  });
  void get("/faults").then((faults) => {
    for (const input of shares) input.value = String(Math.round((faults[input.name] ?? 0) * 100));
    mark();
  });
}

async function drawCounts() {
  const { webhooks, calls, received, faults } = await get("/counts");
  const lines = [
    ["Webhook đã gửi", webhooks.events],
    ["Cổng đã nhận", webhooks.taken],
    ["Đang chờ", webhooks.waiting],
    ["Gửi lại", webhooks.retried],
    ["Gửi trùng", webhooks.duplicated],
    ["Đảo thứ tự", webhooks.reordered],
    ["Bỏ cuộc", webhooks.gaveUp],
    ["Lời gọi API", calls],
    ["Tin đến người dân", received],
    ["Lần gặp sự cố", Object.values(faults).reduce((sum, count) => sum + count, 0)],
  ];
  const list = lines.flatMap(([name, value]) => [
    el("dt", {}, name),
    el("dd", {}, value.toLocaleString("vi-VN")),
  ]);
  panel.querySelector("#counts dl").replaceChildren(...list);
}
