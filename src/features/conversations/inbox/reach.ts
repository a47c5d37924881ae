/** What every deed upon a talk begins and ends with: one's own talk, and the answer to who asked. */
import type { Request, Response } from "express";
import { t } from "../../../bilingual/index.ts";
import { trouble } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { idOf } from "../../../console/read-form.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Db } from "../../../infra/db.ts";
import { findTalk, type Talk } from "./talks.ts";
import type { Channels } from "./timeline.ts";

export type Reach = ReturnType<typeof createReach>;

export function createReach(db: Db, channels: Channels) {
  /** The talk of the address. @throws a 404 for another unit's. */
  async function own(request: Request, staff: SignedIn): Promise<Talk> {
    const talk = await findTalk(db, channels, staff.units, idOf(request.params.id));
    if (!talk) throw notFound();
    return talk;
  }

  /** A script of ours only wants to know that it is done; a plain form gets the talk again. */
  function back(request: Request, response: Response, { id }: Talk) {
    if (request.get("hx-request")) return void response.status(204).end();
    response.redirect(303, `/console/conversations/${id}`);
  }

  function refuse(request: Request, response: Response, { id }: Talk, why: string) {
    if (request.get("hx-request")) return void response.status(409).type("text").send(why);
    trouble(request, response, `/console/conversations/${id}`, why);
  }

  async function refuseHeld(request: Request, response: Response, talk: Talk) {
    const now = await findTalk(db, channels, [talk.unitCode], talk.id);
    const who = now?.staffName ?? t`Đồng nghiệp`;
    refuse(request, response, talk, t`${who} đang giữ trò chuyện này.`);
  }

  return { own, back, refuse, refuseHeld };
}
