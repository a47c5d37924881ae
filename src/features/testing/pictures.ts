/** Small real photographs, with the place they were taken in their EXIF when the address names one. */
import sharp from "sharp";

const made = new Map<string, Promise<Buffer>>();

/** "/10.23856_106.37818.jpg" is a picture taken there; any other name tells of no place. */
export function pictureTaken(url: string): Promise<Buffer> {
  const known = made.get(url);
  if (known) return known;
  const [, latitude, longitude] = /\/(\d+\.?\d*)_(\d+\.?\d*)\.jpg/.exec(url) ?? [];
  // each picture differs, or they would be kept as one
  const background = { r: made.size % 256, g: 120, b: 60 };
  const plain = sharp({ create: { width: 64, height: 48, channels: 3, background } });
  const picture = latitude && longitude ? plain.withExif(taken(Number(latitude), Number(longitude))) : plain;
  const bytes = picture.jpeg().toBuffer();
  made.set(url, bytes);
  return bytes;
}

const taken = (latitude: number, longitude: number) => ({
  IFD3: {
    ...{ GPSLatitudeRef: "N", GPSLatitude: degrees(latitude) },
    ...{ GPSLongitudeRef: "E", GPSLongitude: degrees(longitude) },
  },
});

/** 10.23856 → "10/1 14/1 1882/100": degrees, minutes, hundredths of a second. */
function degrees(value: number): string {
  const minutes = (value % 1) * 60;
  return `${Math.floor(value)}/1 ${Math.floor(minutes)}/1 ${Math.round((minutes % 1) * 6000)}/100`;
}
