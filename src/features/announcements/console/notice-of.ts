/** The announcement that a page or a deed of the console is about. */
import type { Request } from "express";
import { notFound } from "../../../console/problems.ts";
import { one } from "../../../console/read-form.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import type { Db } from "../../../infra/db.ts";
import { findForStaff } from "./store.ts";

/** @throws not found: nobody has that code, or a unit that is not theirs: what is not theirs is not there */
export async function noticeOf(db: Db, request: Request, { units }: Pick<SignedIn, "units">) {
  const notice = await findForStaff(db, one(request.params.code), units);
  if (!notice) throw notFound();
  return notice;
}

/** Likewise; the archive of before this service is only read. */
export async function livingNoticeOf(db: Db, request: Request, staff: Pick<SignedIn, "units">) {
  const notice = await noticeOf(db, request, staff);
  if (notice.archived) throw notFound();
  return notice;
}
