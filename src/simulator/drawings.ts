/** Drawn by hand as SVG: stickers, and scenes that stand for photos a resident takes in the street. */

const sticker = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120">${inner}</svg>`;

export const STICKERS: Record<string, string> = {
  369239263222822: sticker(
    `<path d="M22 58h18v44H22a6 6 0 0 1-6-6V64a6 6 0 0 1 6-6z" fill="#0a7cff"/>
     <path d="M46 58c12-8 14-20 15-32 0-8 16-8 18 6 1 8-2 16-4 22h22c8 0 12 6 10 12l-8 30c-2 5-5 8-11 8H46z" fill="#0a7cff"/>`,
  ),
  21979: sticker(
    `<circle cx="60" cy="60" r="50" fill="#ffd54a"/><circle cx="42" cy="50" r="6"/><circle cx="78" cy="50" r="6"/>
     <path d="M34 70c8 18 44 18 52 0z" fill="#b3261e"/>`,
  ),
  21980: sticker(
    `<path d="M60 104C20 74 10 56 14 40c5-20 32-24 46-2 14-22 41-18 46 2 4 16-6 34-46 64z" fill="#e5395f"/>`,
  ),
  21981: sticker(
    `<circle cx="60" cy="60" r="50" fill="#ffd54a"/><path d="M34 50l16 6M86 50l-16 6" stroke="#333" stroke-width="6"/>
     <path d="M40 84c8-12 32-12 40 0" fill="none" stroke="#333" stroke-width="6"/><path d="M36 62c-8 14 8 16 6 2z" fill="#4aa8ff"/>`,
  ),
};

interface SamplePhoto {
  title: string;
  drawing: string;
  /** Where it was taken, WGS 84: the picture's EXIF carries it. */
  latitude: number;
  longitude: number;
}

const scene = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" width="1200" height="900">
   <defs><filter id="g"><feTurbulence baseFrequency=".9" numOctaves="3" seed="7"/><feColorMatrix values="0 0 0 0 .3 0 0 0 0 .3 0 0 0 0 .3 0 0 0 .35 0"/><feComposite in2="SourceGraphic" operator="in"/></filter></defs>${inner}</svg>`;
const road = `<rect y="330" width="800" height="270" fill="#6d6f73"/><rect y="330" width="800" height="270" fill="#fff" filter="url(#g)"/>
   <path d="M0 470h140M230 470h140M460 470h140M690 470h110" stroke="#f3f3ea" stroke-width="9"/>`;
const houses = `<path d="M0 330V170h130v160zM130 330V120h110v210zM560 330V150h120v180zM680 330V190h120v140z" fill="#d9c7a8"/>
   <path d="M0 170l65-40 65 40zM560 150l60-40 60 40z" fill="#a5523a"/><path d="M30 330v-80h40v80zM160 330v-90h40v90zM590 330v-80h40v80zM720 330v-70h40v70z" fill="#6b4d33"/>`;
const palm = `<path d="M420 330c-8-70 0-140 16-190" stroke="#6b4a2b" stroke-width="14" fill="none"/>
   <g fill="#2f7d3b"><path d="M436 140c-60-40-110-20-130 20 50-20 90-20 130-20z"/><path d="M436 140c60-40 110-20 130 20-50-20-90-20-130-20z"/><path d="M436 140c-20-60 10-90 50-100-20 40-40 70-50 100z"/><path d="M436 140c-50 0-80 40-76 80 30-40 50-60 76-80z"/></g>`;

export const SAMPLE_PHOTOS: Record<string, SamplePhoto> = {
  pothole: {
    ...{ title: "Ổ gà trước nhà", latitude: 10.24355, longitude: 106.37851 },
    drawing: scene(
      `<rect width="800" height="330" fill="#bfe0f2"/>${houses}${palm}${road}
       <path d="M300 500c20-50 190-62 240-14 40 40-30 84-130 78-80-4-130-26-110-64z" fill="#3a3833"/>
       <path d="M330 512c30-32 140-36 176-8 20 22-30 44-96 42-60-2-100-14-80-34z" fill="#5d7f94"/>`,
    ),
  },
  lamp: {
    ...{ title: "Đèn đường tắt", latitude: 10.23784, longitude: 106.38342 },
    drawing: scene(
      `<rect width="800" height="600" fill="#141c33"/><g opacity=".35">${houses}${palm}${road}</g>
       <path d="M250 560V90q0-34 40-34h90" stroke="#99a" stroke-width="14" fill="none"/><path d="M370 44h80l-12 30h-60z" fill="#556"/>
       <circle cx="700" cy="80" r="34" fill="#f4f0d8"/>`,
    ),
  },
  rubbish: {
    ...{ title: "Rác tồn đọng", latitude: 10.23092, longitude: 106.37015 },
    drawing: scene(
      `<rect width="800" height="330" fill="#d8e6d0"/>${houses}${palm}${road}
       <g><path d="M250 520c-10-70 30-110 80-112 56-2 92 50 84 112z" fill="#22252b"/><path d="M380 530c-6-60 26-96 66-98 48-2 80 46 72 98z" fill="#33523f"/>
       <path d="M210 536c0-40 24-58 52-58 34 0 54 26 50 58z" fill="#7b3f8c"/><rect x="520" y="480" width="90" height="60" fill="#b98b52"/><path d="M520 480l45 20 45-20" stroke="#7a5a30" stroke-width="5" fill="none"/></g>`,
    ),
  },
};
