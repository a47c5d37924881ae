/** A kept picture or PDF on its way to a browser: shown as what it is, never as a page. */
import type { Response } from "express";

/** @param name as it is saved; none for a picture that is only shown. */
export function sendFile(
  response: Response,
  { bytes, mime }: { bytes: Buffer; mime: string },
  name?: string,
) {
  const named = name ? `inline; filename*=UTF-8''${encodeURIComponent(name)}` : "inline";
  if (mime === "application/pdf") response.removeHeader("content-security-policy"); // or browsers show a blank page
  response.set({ "x-content-type-options": "nosniff", "content-disposition": named });
  response.type(mime).send(bytes);
}
