import type { EchoEvent } from "../channel.ts";
import { isOwnEcho } from "../receipts.ts";
import { renderAttachment, renderWords, shortTitle } from "./render.ts";

test("quick replies are cut at a word to twenty characters and keep their payload", () => {
  const choices = [{ label: "Xem phản ánh của tôi đã gửi", value: "intent:report.status" }];
  const { quick_replies: replies } = renderWords(7n, { text: "Dạ", choices }) as {
    quick_replies: { title: string; payload: string }[];
  };
  expect(replies).toEqual([
    { content_type: "text", title: "Xem phản ánh của…", payload: "intent:report.status" },
  ]);
  expect(shortTitle("Gửi")).toBe("Gửi");
});

test("a picture with words goes first, marked as ours yet not as the whole message", () => {
  const reply = { text: "Đây là thửa đất", image: { mediaHash: "ab" } };
  const picture = renderAttachment(7n, reply, "att-1") as { metadata: string };
  const words = renderWords(7n, reply) as { metadata: string; text: string };
  expect(words).toMatchObject({ text: "Đây là thửa đất", metadata: "out:7" });
  expect(picture).toMatchObject({ attachment: { payload: { attachment_id: "att-1" } } });
  const echo = { kind: "echo", metadata: picture.metadata, adminId: null, appId: null } as EchoEvent;
  expect(isOwnEcho(echo, "facebook", null)).toBe(true);
  expect(picture.metadata).not.toBe(words.metadata);
});

test("a link is a button where the text is short, and a line of text where it is long", () => {
  const link = { title: "Xem bản đồ", url: "https://ben-tre.example/phan-anh" };
  expect(renderWords(1n, { text: "Dạ", link })).toMatchObject({
    attachment: { payload: { buttons: [{ type: "web_url", url: link.url }] } },
  });
  expect(renderWords(1n, { text: "a".repeat(700), link })).toMatchObject({
    text: `${"a".repeat(700)}\nXem bản đồ: ${link.url}`,
  });
});
