/** The picture above an article that has none of its own: the platform wants one, at a public address. */
import { Router } from "express";
import sharp from "sharp";

/** As wide as a phone's screen needs, in the shape of Zalo's article cards. */
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="628" viewBox="0 0 1200 628">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="#0b5cad"/><stop offset="1" stop-color="#12877a"/>
    </linearGradient>
  </defs>
  <rect width="1200" height="628" fill="url(#sky)"/>
  <path d="M0 520 C 200 470 380 570 600 520 S 1000 470 1200 520 V 628 H 0 Z" fill="#ffffff" opacity=".12"/>
  <path d="M0 560 C 240 520 420 600 640 562 S 1020 520 1200 566 V 628 H 0 Z" fill="#ffffff" opacity=".16"/>
  <g fill="#ffffff">
    <path d="M470 262 h92 l168 -92 v288 l-168 -92 h-92 a26 26 0 0 1 -26 -26 v-52 a26 26 0 0 1 26 -26 z"/>
    <path d="M492 372 h58 l22 104 a20 20 0 0 1 -20 24 h-26 a20 20 0 0 1 -20 -16 z"/>
    <g fill="none" stroke="#ffffff" stroke-width="20" stroke-linecap="round">
      <path d="M776 246 a96 96 0 0 1 0 136"/>
      <path d="M822 200 a162 162 0 0 1 0 228"/>
    </g>
  </g>
</svg>`;

export function coverPage(): Router {
  let drawn: Promise<Buffer> | null = null;
  const router = Router();
  router.get("/thong-bao/anh-bia.jpg", async (_request, response) => {
    drawn ??= sharp(Buffer.from(DRAWING)).jpeg({ quality: 85 }).toBuffer();
    response
      .set("cache-control", "public, max-age=86400")
      .type("jpg")
      .send(await drawn);
  });
  return router;
}
