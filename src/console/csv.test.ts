import { toCsv } from "./csv.ts";

test("a cell that a spreadsheet would take for a formula is only text", () => {
  const evil = ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", '  =HYPERLINK("http://x")'];
  const lines = toCsv(
    ["ô"],
    evil.map((text) => [text]),
  );
  for (const line of lines.split("\r\n").slice(1).filter(Boolean)) expect(line).toMatch(/^"?'/);
});

test("quotes, commas and new lines stay inside their cell; numbers stay numbers", () => {
  expect(toCsv(["a", "b"], [['nói "ừ", rồi\nđi', -3]])).toBe('\ufeffa,b\r\n"nói ""ừ"", rồi\nđi",-3\r\n');
});
