/** Sends a page in the console's frame. */
import type { Children } from "@kitajs/html";
import type { Request, Response } from "express";
import { t } from "../bilingual/index.ts";
import { log } from "../infra/log.ts";
import type { Counts } from "./counts.ts";
import { Frame, type PageProps } from "./layout.tsx";
import { menuFor } from "./navigation.ts";
import type { Flash } from "./session.ts";
import { signedIn, type SignedIn } from "./signed-in.ts";

/** What createConsole puts beside every request for the frame to be drawn. */
export interface Shell {
  exists(path: string): boolean;
  counts(staff: SignedIn): Promise<Counts>;
}

export async function showPage(
  request: Request,
  response: Response,
  page: PageProps,
  body: Children,
): Promise<void> {
  const staff = signedIn(response);
  const shell = response.locals.shell as Shell;
  const frame = await (
    <Frame
      {...page}
      staff={staff}
      menu={menuFor(staff.role, shell.exists)}
      counts={await shell.counts(staff)}
      address={request.originalUrl.split("?")[0]!}
      flash={takeFlash(request)}
    >
      {body as "safe"}
    </Frame>
  );
  response.type("html").send(frame);
}

/** Told once, on the next page. */
export function flash(request: Request, kind: Flash["kind"], text: string): void {
  request.session.flash = [...(request.session.flash ?? []), { kind, text: t.of(text) }];
}

/** After a deed: says that it is done, and shows a page again. */
export function done(request: Request, response: Response, to: string, text: string): void {
  flash(request, "done", text);
  showAgain(request, response, to);
}

/** After a deed that could not be done. */
export function trouble(request: Request, response: Response, to: string, text: string): void {
  flash(request, "trouble", text);
  showAgain(request, response, to);
}

/**
 * What was told is kept before the browser is sent on: express-session lets the head of an answer go while it still writes, and a
 * quick browser would ask for a page that knows nothing of it.
 */
function showAgain(request: Request, response: Response, to: string): void {
  request.session.save((error?: Error) => {
    if (error) log.warn({ err: error }, "a console session could not be kept");
    response.redirect(303, to);
  });
}

function takeFlash(request: Request): Flash[] {
  const told = request.session.flash ?? [];
  if (told.length > 0) delete request.session.flash;
  return told;
}
