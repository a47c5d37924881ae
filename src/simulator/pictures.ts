/** What the pretend platforms show: files by id, stickers, and three photos a resident might take. */
import sharp from "sharp";
import type { Answer, Call } from "./http.ts";
import { SAMPLE_PHOTOS, STICKERS } from "./drawings.ts";
import type { World } from "./world.ts";

const kept = { "cache-control": "public, max-age=3600" };
const gone: Answer = { status: 404, body: "" };

export function servePictures(world: World): Record<string, (call: Call) => Promise<Answer>> {
  const photos = new Map<string, string>();
  return {
    files: async ({ path }) => {
      const file = world.files.get(path.slice(1));
      if (!file) return gone;
      const safe = /^(image\/(jpeg|png|gif)|audio|video|application\/pdf)/.test(file.mime)
        ? file.mime
        : "text/plain";
      return {
        headers: { "content-type": safe, "x-content-type-options": "nosniff", ...kept },
        body: file.bytes,
      };
    },
    stickers: async ({ path }) => {
      const drawing = STICKERS[/^\/(\w+)\.svg$/.exec(path)?.[1] ?? ""];
      return drawing ? { headers: { "content-type": "image/svg+xml", ...kept }, body: drawing } : gone;
    },
    /** POST /photos/pothole: the photo is taken once, put on the shelf, and its address given. */
    photos: async ({ path }) => {
      const name = path.slice(1);
      const sample = SAMPLE_PHOTOS[name];
      if (!sample) return gone;
      const known = photos.get(name);
      if (known && world.files.byUrl(known)) return { body: { url: known } };
      const bytes = await sharp(Buffer.from(sample.drawing))
        .withExif({
          IFD3: gps(sample.latitude, sample.longitude),
          IFD2: { DateTimeOriginal: "2026:11:20 17:42:10" },
        })
        .jpeg({ quality: 82 })
        .toBuffer();
      const url = world.files.keep({ bytes, mime: "image/jpeg", name: `${name}.jpg` });
      photos.set(name, url);
      return { body: { url } };
    },
  };
}

/** EXIF wants degrees, minutes and seconds as fractions. */
function gps(latitude: number, longitude: number) {
  const parts = (value: number) => {
    const minutes = (Math.abs(value) % 1) * 60;
    return `${Math.floor(Math.abs(value))}/1 ${Math.floor(minutes)}/1 ${Math.round((minutes % 1) * 60_000)}/1000`;
  };
  return {
    ...{ GPSLatitudeRef: latitude < 0 ? "S" : "N", GPSLatitude: parts(latitude) },
    ...{ GPSLongitudeRef: longitude < 0 ? "W" : "E", GPSLongitude: parts(longitude) },
  };
}
