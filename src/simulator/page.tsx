/** The page with the two phones. Everything that moves is in public/*.js; the words are here and there, in Vietnamese. */
import { asset } from "../console/assets.ts";
import { InfoDialog, PlaceDialog } from "./dialogs.tsx";
import { Panel } from "./panel.tsx";

export function simulatorPage(version: string): string {
  const own = (file: string) => `/simulator/public/${file}?v=${version}`;
  return `<!doctype html>${
    (
      <html lang="vi">
        <head>
          <meta charset="utf-8" />
          <meta
            name="viewport"
            content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
          />
          <title>Điện thoại giả lập · Hỏi Phường</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href={asset("leaflet.css")} />
          <link rel="stylesheet" href={own("simulator.css")} />
          <script src={asset("leaflet.js")} defer></script>
          <script type="module" src={own("main.js")}></script>
        </head>
        <body data-tab="zalo">
          <TopBar />
          <main>
            <Phone channel="zalo" title="Zalo" />
            <Phone channel="facebook" title="Messenger" />
            <Panel />
          </main>
          <PlaceDialog />
          <InfoDialog />
          <dialog id="picture" aria-label="Hình">
            <form method="dialog">
              <button class="close" aria-label="Đóng">
                ✕
              </button>
            </form>
            <img alt="" />
          </dialog>
          <p id="toast" role="status" aria-live="polite"></p>
          <noscript>Trang này cần JavaScript để giả lập hai điện thoại.</noscript>
        </body>
      </html>
    ) as string
  }`;
}

function TopBar() {
  return (
    <header class="top">
      <h1>
        <b>Hỏi Phường</b> <span>Điện thoại giả lập</span>
      </h1>
      <nav class="tabs" role="tablist" aria-label="Màn hình">
        <button role="tab" data-tab="zalo" aria-selected="true">
          Zalo
        </button>
        <button role="tab" data-tab="facebook" aria-selected="false">
          Messenger
        </button>
        <button role="tab" data-tab="panel" aria-selected="false">
          Điều khiển
        </button>
      </nav>
      <nav class="links" aria-label="Các trang khác">
        <a href="/console">Bảng điều khiển</a>
        <a href="/phan-anh">Bản đồ phản ánh</a>
        <a href="/thong-bao">Thông báo</a>
      </nav>
    </header>
  );
}

function Phone({ channel, title }: { channel: "zalo" | "facebook"; title: string }) {
  return (
    <section class={`station ${channel}`} id={channel} aria-label={title}>
      <div class="choose">
        <label>
          <span>{channel === "zalo" ? "Official Account" : "Trang Facebook"}</span>
          <select
            class="account"
            aria-label={channel === "zalo" ? "Official Account" : "Trang Facebook"}
          ></select>
        </label>
        <label>
          <span>Người dân</span>
          <select class="resident" aria-label="Người dân"></select>
        </label>
        <button class="newcomer" title="Thêm một người dân mới" aria-label="Người dân mới">
          +
        </button>
      </div>
      <div class="phone">
        <div class="status" aria-hidden="true">
          <span class="clock"></span>
          <i></i>
          <span class="bars">
            <b></b>
            <b></b>
            <b></b>
            <b></b>
          </span>
        </div>
        <div class="head">
          <span class="avatar" aria-hidden="true"></span>
          <span class="who">
            <strong class="name"></strong>
            <small class="about"></small>
          </span>
          {channel === "zalo" && <button class="follow"></button>}
          <details class="more">
            <summary aria-label="Việc khác">⋯</summary>
            <div class="sheet">
              <form class="staff">
                <label>
                  {channel === "zalo"
                    ? "Cán bộ trả lời trong Zalo OA"
                    : "Cán bộ trả lời trong Business Suite"}
                  <input
                    name="text"
                    placeholder="Chào chị, em là cán bộ phường…"
                    autocomplete="off"
                    required
                  />
                </label>
                <button>Gửi như cán bộ</button>
              </form>
              <fieldset class="age">
                <legend>Lần nhắn cuối coi như cách đây</legend>
                <button data-hours="25">25 giờ</button>
                <button data-hours="49">49 giờ</button>
                <button data-hours="192">8 ngày</button>
              </fieldset>
            </div>
          </details>
        </div>
        <div class="talk" tabindex="0" role="log" aria-label={`Cuộc trò chuyện ${title}`}></div>
        <div class="chips" aria-label="Trả lời nhanh"></div>
        <form class="write" autocomplete="off">
          <button type="button" class="menu" aria-label="Thực đơn" aria-expanded="false">
            <Icon name="menu" />
          </button>
          <button type="button" class="plus" aria-label="Đính kèm" aria-expanded="false">
            <Icon name="plus" />
          </button>
          <textarea
            name="text"
            rows="1"
            placeholder={channel === "zalo" ? "Tin nhắn" : "Aa"}
            aria-label="Tin nhắn"
          ></textarea>
          <button type="button" class="thumb" aria-label="Gửi nhãn dán">
            <Icon name={channel === "zalo" ? "smile" : "thumb"} />
          </button>
          <button class="send" aria-label="Gửi">
            <Icon name="send" />
          </button>
        </form>
        <div class="drawer" hidden></div>
        <input class="file" type="file" accept="image/*,application/pdf,video/mp4,audio/*" multiple hidden />
      </div>
    </section>
  );
}

const ICONS = {
  menu: "M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z",
  plus: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm5 11h-4v4h-2v-4H7v-2h4V7h2v4h4z",
  smile:
    "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 18a8 8 0 1 1 0-16 8 8 0 0 1 0 16zM8.5 11a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zm7 0a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM7 14c1 2.3 2.8 3.5 5 3.5s4-1.2 5-3.5z",
  thumb:
    "M2 10h4v11H2zm20 1.5c0-1.1-.9-2-2-2h-6l1-4.3c.2-1.3-.6-2.6-2-2.7L8 9v12h9.5c.8 0 1.5-.5 1.8-1.2l2.5-6.5c.1-.3.2-.6.2-.9z",
  send: "M2 21l21-9L2 3v7l15 2-15 2z",
};

function Icon({ name }: { name: keyof typeof ICONS }) {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path fill="currentColor" d={ICONS[name]} />
    </svg>
  );
}
