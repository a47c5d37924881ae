/** Who wants announcements says so in any words, is told how it stands, and is out at once in any words. */
import { loadWording } from "../../dialogue/wording.ts";
import { useTestDatabase } from "../../infra/testing/database.ts";
import { loadEngine } from "../../language/index.ts";
import { conversations } from "../conversations/index.ts";
import { pretendMailer } from "../testing/mail.ts";
import { testMedia } from "../testing/media.ts";
import { testBox } from "../../channels/testing.ts";
import { openTown, type Resident, type Town } from "../testing/people.ts";
import { createAnnouncements } from "./index.ts";
import { topicsIn } from "./topics.ts";

const database = useTestDatabase();
let town: Town;
let people = 0;

beforeAll(async () => {
  const engine = await loadEngine();
  const clock = { now: () => new Date() };
  const feature = createAnnouncements({
    ...{ database, wording: loadWording(), engine, clock, publicUrl: "https://hoi.example" },
    ...{ media: testMedia(database), mailer: pretendMailer(), box: testBox },
  });
  town = await openTown(database, [feature, conversations], engine, clock);
});

const newResident = () => town.knownResident(`người đăng ký ${++people}`);
async function wishes(person: Resident): Promise<string[]> {
  const { id } = await person.row();
  const rows = await database.db.subscription.findMany({ where: { residentId: id }, orderBy: { id: "asc" } });
  return rows.map(({ topic, wardCode }) => `${topic}@${wardCode}`);
}

test.each([
  ["đăng ký nhận tin phường Phú Khương", ["@28756"]],
  ["dang ky nhan tin phuong phu khuong", ["@28756"]],
  ["chỉ nhận tin cúp nước", ["water@"]],
  ["cho tui nhận thông báo cúp điện phường An Hội", ["power@28777"]],
  ["có tin gì mới thì nhắn cho tôi", ["@"]],
])("%s", async (words, expected) => {
  const person = await newResident();
  await person.says(words);
  expect(await wishes(person)).toEqual(expected);
});

test.each([
  "ngưng nhận tin",
  "thôi đừng gửi nữa",
  "dung gui tin nua",
  "đừng nhắn tin nữa",
  "dừng",
  "hủy đăng ký",
  "không muốn nhận thông báo nữa",
  "tắt thông báo giùm",
  "phiền quá, đừng gửi tin cho tôi nữa",
])("“%s” stops everything at once", async (words) => {
  const person = await newResident();
  await person.says("đăng ký nhận tin");
  const replies = await person.says(words);
  expect([replies.join(), await wishes(person)]).toEqual([expect.stringContaining("ngưng gửi tin"), []]);
});

test("“thông báo” is no storm, and a storm is one however it is written", () => {
  expect(topicsIn("thong bao moi cua phuong, bao gio co")).toEqual([]);
  for (const words of ["nhận tin bão", "nhan tin bao", "cơn bão số 12", "mua bao"])
    expect(topicsIn(words)).toEqual(["weather"]);
});

test("“stop notices” stops them in English as well", async () => {
  const person = await newResident();
  await person.says("đăng ký nhận tin");
  await person.says("stop notices");
  expect(await wishes(person)).toEqual([]);
});

test.each(["tôi đang nhận tin gì", "toi dang ky nhan tin nao roi"])(
  "“%s” shows how it stands",
  async (words) => {
    const person = await newResident();
    await person.says("đăng ký nhận tin cúp nước phường Phú Khương");
    const replies = await person.says(words);
    expect([replies.join(), await wishes(person)]).toEqual([
      expect.stringContaining("Cúp nước ở Phường Phú Khương"),
      ["water@28756"],
    ]);
  },
);
