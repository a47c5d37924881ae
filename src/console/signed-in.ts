/** Who is signed in, read anew at every request: a person disabled or moved a moment ago is so at once. */
import type { RequestHandler, Response } from "express";
import type { Language } from "../bilingual/index.ts";
import type { Db } from "../infra/db.ts";

export interface SignedIn {
  id: number;
  email: string;
  name: string;
  role: string;
  unitCode: string;
  unitName: string;
  mustChange: boolean;
  /** Every unit this person may see: their own and those under it; all, for an admin. */
  units: string[];
  /** What they know about (skills.ts); none: everything. */
  skills: string[];
  /** What the console speaks to them; null: what their browser chose. */
  language: Language | null;
  /** Goes into every form of this session. */
  csrf: string;
}

export function loadSignedIn(db: Db): RequestHandler {
  return async (request, response, next) => {
    const { staffId, csrf } = request.session;
    if (staffId !== undefined && csrf !== undefined) {
      const staff = await findActive(db, staffId);
      if (staff) setSignedIn(response, { ...staff, csrf });
    }
    next();
  };
}

async function findActive(db: Db, id: number): Promise<Omit<SignedIn, "csrf"> | undefined> {
  const rows = await db.$queryRaw<Omit<SignedIn, "csrf">[]>`
    WITH RECURSIVE me AS (
      SELECT * FROM staff WHERE id = ${id} AND disabled_at IS NULL
    ), scope AS (
      SELECT code FROM unit, me WHERE me.role = 'admin' OR unit.code = me.unit_code
      UNION
      SELECT unit.code FROM unit JOIN scope ON unit.parent_code = scope.code
    )
    SELECT me.id, me.email, me.name, me.role, me.unit_code AS "unitCode", unit.name AS "unitName",
           me.must_change AS "mustChange", ARRAY(SELECT code FROM scope) AS units, me.skills, me.language
    FROM me JOIN unit ON unit.code = me.unit_code`;
  return rows[0];
}

export function setSignedIn(response: Response, staff: SignedIn) {
  response.locals.staff = staff;
}

export const findSignedIn = (response: Response) => response.locals.staff as SignedIn | undefined;

/** Behind a guard there is always somebody. */
export function signedIn(response: Response): SignedIn {
  const staff = findSignedIn(response);
  if (!staff) throw new Error("No guard stands before this route.");
  return staff;
}
