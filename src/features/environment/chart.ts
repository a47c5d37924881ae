/** The last days of one station as a small chart: line, last value, the warning line, hours below. */
import { DateTime } from "luxon";
import sharp from "sharp";
import { ZONE } from "../../infra/clock.ts";
import { figure } from "./answer.ts";
import type { Measured } from "./store.ts";

const SIZE = { width: 800, height: 440 };
const FRAME = { left: 70, right: 770, top: 70, bottom: 370 };

/** @param station with at least two readings @returns PNG */
export async function drawReadings({ name, unit, warnFrom, readings }: Measured): Promise<Buffer> {
  const times = readings.map(({ at }) => at.getTime());
  const values = readings.map(({ value }) => value);
  const [from, to] = [times[0]!, times.at(-1)!];
  const highest = Math.max(...values, warnFrom ?? -Infinity);
  const lowest = Math.min(...values, 0);
  const top = highest + (highest - lowest || 1) * 0.12;
  const x = (time: number) => FRAME.left + ((time - from) / (to - from || 1)) * (FRAME.right - FRAME.left);
  const y = (value: number) =>
    FRAME.bottom - ((value - lowest) / (top - lowest || 1)) * (FRAME.bottom - FRAME.top);
  const line = readings
    .map(({ at, value }) => `${x(at.getTime()).toFixed(1)},${y(value).toFixed(1)}`)
    .join(" ");
  const last = readings.at(-1)!;
  const steps = [0, 1, 2, 3, 4].map((step) => lowest + ((top - lowest) * step) / 4);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}" font-family="Noto Sans, DejaVu Sans, Arial, sans-serif">
<rect width="${SIZE.width}" height="${SIZE.height}" fill="#ffffff"/>
<text x="24" y="42" font-size="24" font-weight="bold" fill="#1c2b28">${escape(name)} (${escape(unit)})</text>
${steps.map((value) => `<line x1="${FRAME.left}" x2="${FRAME.right}" y1="${y(value)}" y2="${y(value)}" stroke="#e3e7e4"/><text x="${FRAME.left - 10}" y="${y(value) + 5}" text-anchor="end" font-size="15" fill="#5d6b67">${figure(value)}</text>`).join("\n")}
${days(from, to)
  .map(
    (time) =>
      `<line x1="${x(time)}" x2="${x(time)}" y1="${FRAME.top}" y2="${FRAME.bottom}" stroke="#eef1ef"/><text x="${x(time)}" y="${FRAME.bottom + 26}" text-anchor="middle" font-size="15" fill="#5d6b67">${DateTime.fromMillis(time, { zone: ZONE }).toFormat("dd/MM")}</text>`,
  )
  .join("\n")}
${warnFrom === null ? "" : `<line x1="${FRAME.left}" x2="${FRAME.right}" y1="${y(warnFrom)}" y2="${y(warnFrom)}" stroke="#c0392b" stroke-width="2" stroke-dasharray="8 6"/><text x="${FRAME.right}" y="${y(warnFrom) - 8}" text-anchor="end" font-size="15" fill="#c0392b">Mức cảnh báo ${figure(warnFrom)}</text>`}
<polyline points="${line}" fill="none" stroke="#0f6b5c" stroke-width="4" stroke-linejoin="round" stroke-linecap="round"/>
<circle cx="${x(last.at.getTime())}" cy="${y(last.value)}" r="7" fill="#0f6b5c"/>
<text x="${x(last.at.getTime()) - 12}" y="${y(last.value) - 14}" text-anchor="end" font-size="20" font-weight="bold" fill="#0f6b5c">${figure(last.value)} ${escape(unit)}</text>
<text x="${FRAME.right}" y="${FRAME.bottom + 54}" text-anchor="end" font-size="14" fill="#5d6b67">Đo lúc ${DateTime.fromJSDate(last.at, { zone: ZONE }).toFormat("HH:mm dd/MM/yyyy")}</text>
</svg>`;
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}

/** The midnights in Việt Nam between two moments. */
function days(from: number, to: number): number[] {
  const found: number[] = [];
  let day = DateTime.fromMillis(from, { zone: ZONE }).startOf("day").plus({ days: 1 });
  for (; day.toMillis() <= to; day = day.plus({ days: 1 })) found.push(day.toMillis());
  return found;
}

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
