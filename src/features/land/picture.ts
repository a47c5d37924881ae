/** The parcel drawn with its neighbours, the plan's colours, a scale, north and a legend. */
import sharp from "sharp";
import type { Box, Ring, Shape } from "./geometry.ts";
import { labelPoint } from "./geometry.ts";
import { toPlane, type Position } from "./projection.ts";
import type { Crossing, Subject } from "./report.ts";
import type { FoundParcel, FoundZone } from "./store.ts";
import { landUse } from "./use-codes.ts";

const WIDTH = 900;
const MAP_HEIGHT = 640;
const LINE = 30;

/** Near the colours of land-use maps (TT 08/2024), softened so that lines and numbers stay readable. */
const COLOURS: Record<string, string> = {
  ...{
    LUC: "#fdfbb2",
    LUK: "#fdfbc9",
    HNK: "#fff0b4",
    CLN: "#ffd2a0",
    NTS: "#aaf0ff",
    ONT: "#fbe3f7",
    ODT: "#f6cdf0",
  },
  ...{
    DGT: "#f7b79e",
    DTL: "#aaffff",
    DSH: "#b8e8a0",
    DGD: "#ffaaa0",
    DYT: "#ffaaa0",
    TMD: "#faaaa0",
    SKC: "#faaaa0",
  },
  ...{ TSC: "#ffaaa0", CQP: "#ff6450", CAN: "#ff5046", SON: "#a0d8ff", MNC: "#b4e4ff", NTD: "#d2d2d2" },
};
const colourOf = (code: string) => COLOURS[code] ?? "#e6e2d8";

interface Drawing {
  parcel: Subject & { shape: Shape };
  /** Its neighbours, without it. */
  around: Pick<FoundParcel, "number" | "shape">[];
  zones: FoundZone[];
  crossings: Crossing[];
  box: Box;
  caption: string;
}

/** @returns PNG */
export async function drawParcel({
  parcel,
  around,
  zones,
  crossings,
  box,
  caption,
}: Drawing): Promise<Buffer> {
  const at = projector(box);
  const legend = legendOf(parcel, crossings);
  const height = MAP_HEIGHT + 24 + LINE * (legend.length + 1);
  const path = (shape: Shape) =>
    shape
      .flat()
      .map((ring) => outline(ring, at))
      .join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="Noto Sans, DejaVu Sans, Arial, sans-serif">
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<clipPath id="map"><rect width="${WIDTH}" height="${MAP_HEIGHT}"/></clipPath>
<g clip-path="url(#map)">
<rect width="${WIDTH}" height="${MAP_HEIGHT}" fill="#f4f2ec"/>
${zones.map(({ code, shape }) => `<path d="${path(shape)}" fill="${colourOf(code)}" fill-rule="evenodd"/>`).join("\n")}
${around.map(({ shape }) => `<path d="${path(shape)}" fill="none" stroke="#7a7a70" stroke-width="1.2"/>`).join("\n")}
<path d="${path(parcel.shape)}" fill="#d0021b" fill-opacity="0.12" stroke="#d0021b" stroke-width="4" stroke-linejoin="round"/>
${around.map(({ number, shape }) => numberAt(at(labelPoint(shape)), number, false)).join("\n")}
${numberAt(at(labelPoint(parcel.shape)), parcel.number, true)}
${northArrow()}
${scaleBar(box)}
</g>
<line x1="0" x2="${WIDTH}" y1="${MAP_HEIGHT}" y2="${MAP_HEIGHT}" stroke="#c8c4b8"/>
${legend.map((row, index) => legendRow(row, MAP_HEIGHT + 28 + index * LINE)).join("\n")}
<text x="20" y="${height - 14}" font-size="17" fill="#6b675c">${escape(caption)}</text>
</svg>`;
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}

type Project = (point: Position) => [number, number];

/** Metres on the ground keep their proportion: the box is drawn on the cadastral plane. */
function projector(box: Box): Project {
  const low = toPlane([box.west, box.south]);
  const high = toPlane([box.east, box.north]);
  const scale = Math.min(WIDTH / (high.east - low.east), MAP_HEIGHT / (high.north - low.north));
  const [middleEast, middleNorth] = [(low.east + high.east) / 2, (low.north + high.north) / 2];
  return (point) => {
    const { north, east } = toPlane(point);
    return [WIDTH / 2 + (east - middleEast) * scale, MAP_HEIGHT / 2 - (north - middleNorth) * scale];
  };
}

function outline(ring: Ring, at: Project): string {
  const points = ring.map((point) =>
    at(point)
      .map((value) => value.toFixed(1))
      .join(" "),
  );
  return `M${points.join("L")}Z`;
}

function numberAt([x, y]: [number, number], number: number, isIt: boolean): string {
  const style = isIt ? 'font-size="24" font-weight="bold" fill="#9c0013"' : 'font-size="14" fill="#5c594f"';
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="middle" dominant-baseline="middle" ${style}>${number}</text>`;
}

const northArrow = () =>
  `<g transform="translate(${WIDTH - 50} 56)"><circle r="32" fill="#ffffff" fill-opacity="0.85"/><path d="M0 -24L9 12L0 5L-9 12Z" fill="#33312b"/><text y="27" text-anchor="middle" font-size="15" font-weight="bold" fill="#33312b">B</text></g>`;

/** 5, 10, 20, 50 … metres, about a fifth of the width. */
function scaleBar(box: Box): string {
  const low = toPlane([box.west, box.south]);
  const high = toPlane([box.east, box.north]);
  const scale = Math.min(WIDTH / (high.east - low.east), MAP_HEIGHT / (high.north - low.north));
  const wanted = WIDTH / 5 / scale;
  const metres = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].findLast((step) => step <= wanted) ?? 1;
  const length = metres * scale;
  const y = MAP_HEIGHT - 26;
  return `<g stroke="#33312b" stroke-width="3"><line x1="24" x2="${24 + length}" y1="${y}" y2="${y}"/><line x1="24" x2="24" y1="${y - 7}" y2="${y + 7}"/><line x1="${24 + length}" x2="${24 + length}" y1="${y - 7}" y2="${y + 7}"/></g><text x="${30 + length}" y="${y + 6}" font-size="17" fill="#33312b">${metres} m</text>`;
}

interface LegendLine {
  colour: string;
  outlined?: boolean;
  text: string;
}

function legendOf({ sheet, number, ward, area }: Subject, found: Crossing[]): LegendLine[] {
  const figure = (value: number) => value.toLocaleString("vi-VN", { maximumFractionDigits: 1 });
  const own = {
    colour: "#f9d4d8",
    outlined: true,
    text: `Thửa ${number}, tờ ${sheet}, ${ward}${area === null ? "" : `: ${figure(area)} m²`}`,
  };
  const zones = found.slice(0, 5).map(({ zone: { code, name }, area: shared, share }) => ({
    colour: colourOf(code),
    text: `${landUse(code)?.name ?? name} (${code}): ${figure(shared)} m²${share === null ? "" : `, ${figure(share * 100)} %`}`,
  }));
  return [own, ...zones];
}

const legendRow = ({ colour, outlined, text }: LegendLine, y: number) =>
  `<rect x="20" y="${y - 16}" width="28" height="18" fill="${colour}" stroke="${outlined ? "#d0021b" : "#8a8678"}" stroke-width="${outlined ? 3 : 1}"/><text x="60" y="${y}" font-size="19" fill="#33312b">${escape(text)}</text>`;

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
