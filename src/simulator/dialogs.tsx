/** What opens over the phones: a map to pick a place on (public/place-picker.js), a form of one's own data. */
export function PlaceDialog() {
  return (
    <dialog id="place" aria-labelledby="place-title">
      <form method="dialog">
        <h2 id="place-title">Chia sẻ vị trí</h2>
        <button class="close" value="cancel" aria-label="Đóng" formnovalidate>
          ✕
        </button>
        <div class="map"></div>
        <p class="hint">Bấm lên bản đồ, hoặc chọn một nơi:</p>
        <div class="known"></div>
        <p class="row">
          <label>
            Vĩ độ <input name="latitude" inputmode="decimal" required />
          </label>
          <label>
            Kinh độ <input name="longitude" inputmode="decimal" required />
          </label>
          <button class="main" value="share">
            Gửi vị trí
          </button>
        </p>
      </form>
    </dialog>
  );
}

export function InfoDialog() {
  return (
    <dialog id="info" aria-labelledby="info-title">
      <form method="dialog">
        <h2 id="info-title">Chia sẻ thông tin</h2>
        <button class="close" value="cancel" aria-label="Đóng" formnovalidate>
          ✕
        </button>
        <label>
          Họ tên <input name="name" required />
        </label>
        <label>
          Số điện thoại <input name="phone" inputmode="tel" value="0900000123" required />
        </label>
        <label>
          Địa chỉ <input name="address" value="12 Nguyễn Huệ" />
        </label>
        <label>
          Phường <input name="ward" value="Phường An Hội" />
        </label>
        <button class="main" value="share">
          Gửi cho trang
        </button>
      </form>
    </dialog>
  );
}
