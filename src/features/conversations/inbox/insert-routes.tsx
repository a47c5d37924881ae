/** Looking for what goes into an answer: a procedure, how a report stands, a parcel with its picture. */
import { t } from "../../../bilingual/index.ts";
import { Icon } from "../../../console/components/index.ts";
import { notFound } from "../../../console/problems.ts";
import { one } from "../../../console/read-form.ts";
import type { ConsoleRoutes } from "../../../console/routes.ts";
import type { WordingBook } from "../../../dialogue/wording.ts";
import type { Db, Tx } from "../../../infra/db.ts";
import type { LanguageEngine } from "../../../language/index.ts";
import type { Insert, InsertContext, InsertHit } from "../../feature.ts";
import type { Reach } from "./reach.ts";
import type { Talk } from "./talks.ts";

export type Inserts = Record<string, Insert>;

export interface InsertParts {
  db: Db;
  reach: Reach;
  engine: LanguageEngine;
  wording: WordingBook;
  inserts(): Inserts;
}

/** A part of something found, named in a form: "land 12". */
const NAMED = /^([a-z]+) (.{1,80})$/;

export function insertRoutes(routes: ConsoleRoutes, parts: InsertParts): void {
  const { db, reach, inserts } = parts;

  routes.get("/:id/insert", "talks.answer", async (request, response, staff) => {
    const talk = await reach.own(request, staff);
    const kind = one(request.query.kind);
    const insert = inserts()[kind];
    if (!insert) throw notFound();
    const words = one(request.query.q).slice(0, 200);
    const hits = await insert.find(words, contextFor(parts, db, talk, words));
    response
      .type("html")
      .send(await (<Hits kind={kind} hits={hits} words={words} hint={t.of(insert.hint)} />));
  });

  /** The words of a part, and whether a picture goes with them. */
  routes.get("/:id/insert/text", "talks.answer", async (request, response, staff) => {
    const talk = await reach.own(request, staff);
    const reply = await writeInsert(parts, db, talk, one(request.query.part));
    if (!reply) throw notFound();
    const link = reply.link ? `\n${reply.link.title}: ${reply.link.url}` : "";
    response.json({ text: reply.text + link, hasPicture: Boolean(reply.image) });
  });
}

/** @param named "land 12". Drawn anew when it is sent, so that only what staff may show can be named. */
export async function writeInsert(parts: InsertParts, tx: Tx, talk: Talk, named: string) {
  const [, kind = "", id = ""] = NAMED.exec(named) ?? [];
  const insert = Object.hasOwn(parts.inserts(), kind) ? parts.inserts()[kind] : undefined;
  return insert ? insert.write(id, contextFor(parts, tx, talk, "")) : null;
}

function contextFor({ engine, wording }: InsertParts, tx: Tx, talk: Talk, words: string): InsertContext {
  return {
    ...{ tx, residentId: talk.residentId },
    say: wording.in(talk.language === "en" ? "en" : "vi"),
    entities: words ? engine.understand(words).entities : [],
  };
}

interface HitsProps {
  kind: string;
  hits: InsertHit[];
  words: string;
  hint: string;
}

function Hits({ kind, hits, words, hint }: HitsProps) {
  if (hits.length === 0) {
    return (
      <p class="insert-none">
        <Icon name="search" />
        <span safe>{words ? t`Không tìm thấy. ${hint}.` : `${hint}.`}</span>
      </p>
    );
  }
  return (
    <ul class="insert-hits">
      {hits.map(({ title, about, parts }) => (
        <li>
          <p class="insert-title" safe>
            {title}
          </p>
          <p class="quiet" safe>
            {about}
          </p>
          <p class="insert-parts">
            {parts.map(({ id, label }) => (
              <button type="button" class="btn btn-sm" data-insert={`${kind} ${id}`} safe>
                {label}
              </button>
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}
