/** Residents who are always there, with an id on either platform, and names for newcomers. */
export const PEOPLE = [
  { name: "Chị Lan", zalo: "7700135524419980021", facebook: "6123456789012345" },
  { name: "Anh Tám", zalo: "7700135524419980022", facebook: "6123456789012346" },
  { name: "Cô Út Hiền", zalo: "7700135524419980023", facebook: "6123456789012347" },
  { name: "Bác Hai Lúa", zalo: "7700135524419980024", facebook: "6123456789012348" },
];

const NAMES = [
  "Nguyễn Thị Mai",
  "Trần Văn Đông",
  "Lê Ngọc Bích",
  "Phạm Minh Khôi",
  "Huỳnh Thu Thảo",
  "Võ Thành Nhân",
];

/** A person nobody has met: a name from the list, an id of the platform's length. */
export function newcomer(channel) {
  const length = channel === "zalo" ? 19 : 16;
  const digits = Array.from({ length: length - 1 }, () => Math.floor(Math.random() * 10)).join("");
  const name = NAMES[Math.floor(Math.random() * NAMES.length)];
  return { resident: `7${digits}`, name };
}
