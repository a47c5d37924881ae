import { useTestDatabase } from "../../infra/testing/database.ts";
import { conversations } from "../conversations/index.ts";
import { openTown, pretendEngine, type Town } from "../testing/people.ts";
import { createProcedures, ensureSampleProcedures, loadLexicon } from "./index.ts";

const database = useTestDatabase();
const engine = pretendEngine({
  "đăng ký kết hôn cần giấy tờ gì": "procedure.documents",
  "lam giay khai sinh cho con sao": "procedure.info",
  "làm khai sinh bao nhiêu tiền": "procedure.fee",
  "còn lệ phí?": "procedure.fee",
  "mấy ngày?": "procedure.time",
  "nộp ở đâu?": "procedure.where",
  "nộp qua mạng được không": "procedure.online",
  "căn cứ pháp lý?": "procedure.info",
  "lệ phí bao nhiêu": "procedure.fee",
  "khai sinh": "procedure.info",
  "công chứng": "procedure.info",
  "mất căn cước làm lại bao nhiêu tiền": "procedure.fee",
  "đăng ký tàu vũ trụ": "procedure.info",
  "cho hoi lam cccd cho con 8 tuoi can j": "procedure.documents",
  "con trai tui 16 tuổi làm căn cước cần gì": "procedure.documents",
  "how do I register a birth?": "procedure.info",
  "what documents do I need for a marriage certificate": "procedure.documents",
  "how can I get a temporary residence permit for my rented room": "procedure.info",
  "I lost my ID card, what should I do": "procedure.info",
  "how long does a building permit take": "procedure.time",
});
let town: Town;

beforeAll(async () => {
  await ensureSampleProcedures(database.db, new Date());
  town = await openTown(database, [createProcedures(await loadLexicon()), conversations], engine);
});

test("a question without diacritics is answered with where, how long, how much, and from where we know", async () => {
  const lan = await town.knownResident("Chị Lan");
  const [answer] = await lan.says("lam giay khai sinh cho con sao");
  expect(answer).toContain("Đăng ký khai sinh (mã 1.001193)");
  expect(answer).toMatch(/Nộp ở: phường mình ở/);
  expect(answer).toMatch(/Thời gian giải quyết: 1 ngày \(Cổng không ghi rõ/);
  expect(answer).toMatch(/Cổng Dịch vụ công quốc gia, dữ liệu 07\/2026/);
  expect(answer).toMatch(/1\. Xem giấy tờ cần có/);
});

test("follow-ups need not name the procedure again", async () => {
  const hai = await town.knownResident("Anh Hai");
  await hai.says("đăng ký kết hôn cần giấy tờ gì");
  expect((await hai.says("còn lệ phí?"))[0]).toMatch(
    /Đăng ký kết hôn[^]*Lệ phí: được miễn \(văn bản có ghi rõ\)/,
  );
  expect((await hai.says("mấy ngày?"))[0]).toMatch(/Đăng ký kết hôn[^]*Thời gian giải quyết: 1 ngày/);
  expect((await hai.says("nộp ở đâu?"))[0]).toMatch(/Đăng ký kết hôn[^]*Nộp ở/);
  expect((await hai.says("nộp qua mạng được không"))[0]).toMatch(/Đăng ký kết hôn[^]*Nộp qua mạng: được/);
  expect((await hai.says("căn cứ pháp lý?"))[0]).toMatch(/Đăng ký kết hôn[^]*123\/2015\/NĐ-CP/);
  expect((await hai.says("mất căn cước làm lại bao nhiêu tiền"))[0]).toMatch(
    /Cấp lại thẻ căn cước[^]*70\.000 đồng/,
  );
});

test("a fee that is not stated free is never called free", async () => {
  const ba = await town.knownResident("Chị Ba");
  const [answer] = await ba.says("làm khai sinh bao nhiêu tiền");
  expect(answer).toMatch(/Cổng ghi không thu, nhưng cần hỏi lại/);
  expect(answer).not.toMatch(/miễn/i);
});

test("a question that names nothing asks which procedure, and keeps what was asked of it", async () => {
  const tu = await town.knownResident("Anh Tư");
  expect((await tu.says("lệ phí bao nhiêu"))[0]).toMatch(/muốn hỏi thủ tục nào/);
  expect((await tu.says("khai sinh"))[0]).toMatch(/khai sinh[^]*(Lệ phí|mình cần cái nào)/);
});

test("words that mean several procedures are met with one question, answered by number", async () => {
  const nam = await town.knownResident("Chị Năm");
  const [question] = await nam.says("công chứng");
  expect(question).toMatch(/chứng thực bản sao, chữ ký hay hợp đồng/i);
  expect(question).toMatch(/1\. Chứng thực bản sao từ bản chính\n2\. Chứng thực chữ ký/);
  expect((await nam.says("2"))[0]).toContain("Chứng thực chữ ký (mã 2.000884)");
});

test("what is not there is said not to be there", async () => {
  const sau = await town.knownResident("Anh Sáu");
  expect((await sau.says("đăng ký tàu vũ trụ"))[0]).toMatch(/chưa tìm thấy|mình cần cái nào/);
});

test("what the classifier did not place is heard by the name of a procedure", async () => {
  const bay = await town.knownResident("Chị Bảy");
  expect((await bay.says("tui muốn gia hạn tạm trú"))[0]).toContain("Gia hạn tạm trú (mã 1.002755)");
});

test.each([
  ["how do I register a birth?", "1. Đăng ký khai sinh"],
  ["what documents do I need for a marriage certificate", "1.000894"],
  ["how can I get a temporary residence permit for my rented room", "1.004194"],
  ["I lost my ID card, what should I do", "1.014064"],
  ["how long does a building permit take", "1. Cấp giấy phép xây dựng mới"],
])("“%s” names its procedure in English", async (question, answered) => {
  const ben = await town.knownResident("Ben");
  const [answer] = await ben.says(question);
  expect(answer).toContain(answered);
});

test.each([
  ["cho hoi lam cccd cho con 8 tuoi can j", "1. Cấp thẻ căn cước cho người dưới 14 tuổi"],
  ["con trai tui 16 tuổi làm căn cước cần gì", "từ đủ 14 tuổi (mã 1.014061)"],
])("“%s” names what is for that age", async (question, answered) => {
  const bo = await town.knownResident("Anh Tám");
  expect((await bo.says(question))[0]).toContain(answered);
});
