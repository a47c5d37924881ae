/** Beside the phones: sentences to try, the Page's posts, faults on demand, the line's figures (public/panel.js). */
const SENTENCES = [
  "den duong truoc nha tui tat 3 bua nay",
  "đường Nguyễn Huệ ổ gà lớn quá, hôm qua té xe",
  "làm lại căn cước cần giấy tờ gì",
  "hồ sơ của tôi tới đâu rồi",
  "thửa 125 tờ bản đồ 12 quy hoạch gì",
  "độ mặn hôm nay bao nhiêu",
  "cho tôi gặp cán bộ",
];

export function Panel() {
  return (
    <aside id="panel" aria-label="Điều khiển">
      <section class="card">
        <h2>Nhắn thử</h2>
        <p class="hint">Bấm một câu để đưa vào điện thoại đang dùng.</p>
        <div class="sentences">
          {SENTENCES.map((sentence) => (
            <button class="sentence" safe>
              {sentence}
            </button>
          ))}
        </div>
      </section>
      <section class="card posts">
        <h2>Bài đăng trên trang Facebook</h2>
        <div id="posts"></div>
      </section>
      <details class="card" id="faults">
        <summary>
          <h2>Sự cố giả lập</h2>
          <span class="badge" hidden></span>
        </summary>
        <form>
          <p class="hint">Hai nền tảng cư xử như thật, kể cả khi hỏng. Kéo để chọn bao nhiêu phần trăm bị.</p>
          <Share name="slow" label="Trả lời chậm 3 giây" />
          <Share name="serverError" label="Máy chủ lỗi (503)" />
          <Share name="rateLimit" label="Chặn vì gọi quá nhiều" />
          <Share name="dropAnswer" label="Đã nhận nhưng mất câu trả lời" />
          <Share name="duplicate" label="Webhook đến hai lần" />
          <Share name="reorder" label="Webhook sai thứ tự" />
          <Share name="unheard" label="Webhook phải gửi lại" />
          <p class="row">
            <button type="button" id="expire">
              Hết hạn mã truy cập Zalo
            </button>
            <button type="reset">Hết sự cố</button>
          </p>
        </form>
      </details>
      <details class="card" id="counts">
        <summary>
          <h2>Đường truyền</h2>
        </summary>
        <dl></dl>
      </details>
    </aside>
  );
}

function Share({ name, label }: { name: string; label: string }) {
  return (
    <label class="share">
      <span safe>{label}</span>
      <output>0 %</output>
      <input type="range" name={name} min="0" max="100" step="5" value="0" />
    </label>
  );
}
