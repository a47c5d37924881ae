import { runCommand } from "./testing/commands.ts";

test("a talk in the terminal goes the whole road, and leaves nothing behind", async () => {
  const { code, out, errors } = await runCommand(
    "scripts/chat.ts",
    ["--unit", "AN-HOI"],
    {},
    "xin chào\ncảm ơn em\n",
  );
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  expect(out).toMatch(/^› xin chào\n[^]*trợ lý tự động của Phường An Hội[^]*1\. [^]*› cảm ơn em\n\n {2}Dạ/);
}, 60_000);
