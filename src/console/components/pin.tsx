/** A place on a map: picked by a press for a field, or many shown. Without the script the field is filled by hand. */
import { t } from "../../bilingual/index.ts";
import { asset } from "../assets.ts";
import { TextField } from "./form.tsx";
import type { Tone } from "./parts.tsx";

export interface MapParts {
  /** An address with {z}, {x} and {y}, or "none". */
  tiles: string;
  attribution: string;
  /** Where the wards' outlines are. */
  outlines: string;
}

/** For `showPage`: what a page with one of these needs. */
export const pinAssets = () => ({
  styles: [asset("leaflet.css"), asset("ward-outlines.css"), asset("pin.css")],
  scripts: [asset("leaflet.js"), asset("ward-outlines.js"), asset("pin.js")],
});

interface PinFieldProps {
  label: string;
  value: string | undefined;
  error: string | undefined;
  required?: boolean;
  map: MapParts;
}

/** The field `point`, read by `pointField` of read-point.ts. */
export function PinField({ map, ...field }: PinFieldProps) {
  return (
    <div class="pin-field">
      <TextField
        name="point"
        {...field}
        placeholder="10.2402, 106.3789"
        help={t`Bấm lên bản đồ để ghim, hoặc dán tọa độ chép từ điện thoại.`}
      />
      <div
        class="pin-map"
        data-pin="point"
        data-here={t`Chỗ đã ghim`}
        data-tiles={map.tiles}
        data-attribution={map.attribution}
        data-outlines={map.outlines}
      />
    </div>
  );
}

export interface Pin {
  latitude: number;
  longitude: number;
  label: string;
  tone: Tone;
  href: string;
}

/** Everything on it also stands in a list beside it. */
export function PinBoard({ pins, map, label }: { pins: Pin[]; map: MapParts; label: string }) {
  return (
    <div
      class="pin-map pin-board"
      role="region"
      aria-label={label}
      data-pins={JSON.stringify(pins)}
      data-tiles={map.tiles}
      data-attribution={map.attribution}
      data-outlines={map.outlines}
    />
  );
}
