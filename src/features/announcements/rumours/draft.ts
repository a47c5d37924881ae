/** A correction begun out of a rumour: what is told stands in it; how it is, somebody has to write. */
import { topicsIn } from "../topics.ts";

export function correctionOf({ text }: { text: string }) {
  const told = text.replace(/\s+/g, " ").trim();
  const short = told.length > 90 ? `${told.slice(0, 90).replace(/\s+\S*$/, "")}…` : told;
  return {
    title: `Về tin “${short}”`,
    body: [
      `Mấy ngày nay có tin: “${told}”.`,
      "[Tin này đúng hay sai ở chỗ nào, sự thật ra sao]",
      "Bà con khoan chia sẻ tin chưa rõ. Muốn biết tin nào là thật, bà con gửi nguyên văn cho trợ lý của phường, hoặc tìm ở trang thông báo chính thức.",
    ].join("\n\n"),
    topic: topicsIn(told)[0] ?? "security",
    level: "important",
    ...{ documentNumber: null, documentDate: null, signer: null, wards: [], validFrom: null, validTo: null },
  };
}
