/** What other programs read: an Atom feed (RFC 4287) and emergencies as CAP 1.2 (OASIS, 2010). */
import { DateTime } from "luxon";
import { ZONE } from "../../infra/clock.ts";
import { wardOfCode, wardOutline, wardCodes } from "../../places/index.ts";
import { withoutMarks } from "./formatting.tsx";
import type { Published } from "./store.ts";
import { topicName } from "./topics.ts";

const iso = (date: Date) => DateTime.fromJSDate(date, { zone: ZONE }).toISO({ suppressMilliseconds: true })!;

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
/** What XML 1.0 cannot hold at all is left out. */
const xml = (text: string) =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);

export function atomFeed(notices: Published[], publicUrl: string, now: Date): string {
  const updated = notices[0]?.updatedAt ?? now;
  const entries = notices.map((notice) => {
    const url = `${publicUrl}/thong-bao/${notice.code}`;
    const alert =
      notice.level === "emergency"
        ? `\n    <link rel="alternate" type="application/cap+xml" href="${xml(url)}.cap"/>`
        : "";
    return `  <entry>
    <id>${xml(url)}</id>
    <title>${xml(notice.title)}</title>
    <link rel="alternate" type="text/html" href="${xml(url)}"/>${alert}
    <published>${iso(notice.publishedAt!)}</published>
    <updated>${iso(notice.updatedAt)}</updated>
    <author><name>${xml(notice.unit.name)}</name></author>
    <category term="${xml(notice.topic)}" label="${xml(topicName(notice.topic))}"/>
    <content type="text">${xml(withoutMarks(notice.body))}</content>
  </entry>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
  <id>${xml(publicUrl)}/thong-bao</id>
  <title>Thông báo chính thức</title>
  <updated>${iso(updated)}</updated>
  <link rel="self" type="application/atom+xml" href="${xml(publicUrl)}/thong-bao/feed.atom"/>
  <link rel="alternate" type="text/html" href="${xml(publicUrl)}/thong-bao"/>
  <author><name>Hỏi Phường</name></author>
${entries.join("\n")}
</feed>
`;
}

const CATEGORIES: Record<string, string> = {
  ...{ weather: "Met", salinity: "Env", health: "Health", traffic: "Transport", security: "Security" },
  ...{ water: "Infra", power: "Infra" },
};

/** One emergency, its correction or its recall. @param notice null: nothing is in force, which is said as a message of the system. */
export function capAlert(notice: Published | null, publicUrl: string, now: Date): string {
  const sender = new URL(publicUrl).host;
  if (!notice) {
    return capDocument(`  <identifier>none-${now.getTime()}</identifier>
  <sender>${xml(sender)}</sender>
  <sent>${capTime(now)}</sent>
  <status>System</status>
  <msgType>Ack</msgType>
  <scope>Public</scope>
  <note>Không có cảnh báo khẩn cấp nào đang có hiệu lực.</note>`);
  }
  const isCancel = notice.state === "recalled";
  const before = isCancel ? notice : notice.replaces;
  const sent = isCancel ? notice.recalledAt! : notice.publishedAt!;
  const references = before
    ? `\n  <references>${xml(sender)},${before.code},${capTime(before.publishedAt!)}</references>`
    : "";
  return capDocument(`  <identifier>${isCancel ? `${notice.code}-CANCEL` : notice.code}</identifier>
  <sender>${xml(sender)}</sender>
  <sent>${capTime(sent)}</sent>
  <status>${notice.sample ? "Test" : "Actual"}</status>
  <msgType>${isCancel ? "Cancel" : before ? "Update" : "Alert"}</msgType>
  <scope>Public</scope>${references}
  <info>
    <language>vi-VN</language>
    <category>${CATEGORIES[notice.topic] ?? "Safety"}</category>
    <event>${xml(topicName(notice.topic))}</event>
    <urgency>${isCancel ? "Past" : "Immediate"}</urgency>
    <severity>Severe</severity>
    <certainty>Likely</certainty>
    <effective>${capTime(notice.validFrom ?? notice.publishedAt!)}</effective>${notice.validTo ? `\n    <expires>${capTime(notice.validTo)}</expires>` : ""}
    <senderName>${xml(notice.unit.name)}</senderName>
    <headline>${xml(notice.title)}</headline>
    <description>${xml(isCancel ? (notice.recallReason ?? "Đã thu hồi.") : withoutMarks(notice.body))}</description>
    <web>${xml(publicUrl)}/thong-bao/${notice.code}</web>
${areasOf(notice)}
  </info>`);
}

/** The schema wants seconds and an offset with minutes: 2026-11-25T10:00:00+07:00. */
const capTime = (date: Date) => DateTime.fromJSDate(date, { zone: ZONE }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");

function areasOf({ wards }: Published): string {
  const codes = wards.length > 0 ? wards : wardCodes;
  return codes
    .map((code) => {
      const polygons = wardOutline(code).map(
        (ring) => `\n      <polygon>${ring.map(([lon, lat]) => `${lat},${lon}`).join(" ")}</polygon>`,
      );
      return `    <area>
      <areaDesc>${xml(wardOfCode(code) ?? code)}</areaDesc>${polygons.join("")}
      <geocode><valueName>DVHCVN</valueName><value>${xml(code)}</value></geocode>
    </area>`;
    })
    .join("\n");
}

const capDocument = (content: string) => `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
${content}
</alert>
`;
