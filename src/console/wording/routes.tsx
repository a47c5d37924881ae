/** What residents read, edited by the office: searched, changed, seen on both phones before it is saved, taken back. */
import type { Request, Response, Router } from "express";
import { z } from "zod";
import { t, vi } from "../../bilingual/index.ts";
import type { Language } from "../../dialogue/types.ts";
import type { Sentence, WordingBook } from "../../dialogue/wording.ts";
import type { Db } from "../../infra/db.ts";
import { asset } from "../assets.ts";
import { audit } from "../audit/audit.ts";
import { done, showPage, trouble } from "../page.tsx";
import { notFound } from "../problems.ts";
import { one, readForm } from "../read-form.ts";
import { may } from "../rights.ts";
import { consoleRoutes } from "../routes.ts";
import type { SignedIn } from "../signed-in.ts";
import { problemWith, tidy } from "./check.ts";
import { findSentences, groupName, groupOf, groupsOf } from "./groups.ts";
import { WordingList } from "./list-page.tsx";
import type { Follower } from "../../infra/follow.ts";
import { Preview } from "./preview.tsx";
import { SentencePage } from "./sentence-page.tsx";
import { currentRewordings, historyOf, writeVersion } from "./store.ts";

const PAGE_SIZE = 40;
const HERE = "/console/wording";

const which = z.object({
  language: z.enum(["vi", "en"]),
  /** The version on the screen. */
  seen: z.coerce.number().int().min(0).max(1_000_000),
});
const sentenceForm = which.extend({ text: z.string().max(20_000).transform(tidy) });

const MEANWHILE = vi`Có người vừa sửa câu này. Bản mới của họ ở dưới; anh/chị xem rồi sửa tiếp.`;

export function wordingRoutes(db: Db, book: WordingBook, watch: Pick<Follower, "refresh">): Router {
  const routes = consoleRoutes();
  const styles = [asset("wording.css")];

  routes.get("/", "wording.see", async (request, response) => {
    const query = {
      words: one(request.query.q).slice(0, 100),
      group: one(request.query.group),
      changedOnly: one(request.query.changed) === "on",
    };
    const found = findSentences(book.sentences, await currentRewordings(db), query);
    const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
    const page = Math.min(pages, Math.max(1, Math.trunc(Number(one(request.query.page))) || 1));
    const sentences = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    const list = { sentences, query, page, pages, total: found.length, groups: groupsOf(book.sentences) };
    const subtitle = t`Mọi câu người dân đọc, bằng tiếng Việt và tiếng Anh`;
    await showPage(
      request,
      response,
      { title: t`Lời của trợ lý`, subtitle, styles },
      <WordingList {...list} />,
    );
  });

  routes.get("/:key", "wording.see", async (request, response, staff) => {
    const language = one(request.query.lang) === "en" ? "en" : "vi";
    await show(request, response, staff, { language });
  });

  routes.post("/:key", "wording.edit", async (request, response, staff) => {
    const [key, sentence] = sentenceOf(request);
    const form = readForm(sentenceForm, request);
    if (!form.data) throw notFound();
    const { language, text, seen } = form.data;
    const problem = problemWith(shippedIn(sentence, language), text);
    if (one((request.body as { deed?: unknown }).deed) === "preview" || problem)
      return show(request, response, staff, { language, text, problem });
    const version = await save(staff, { key, language, text }, seen, "wording.change");
    if (version === null) return trouble(request, response, `${HERE}/${key}?lang=${language}`, MEANWHILE);
    done(request, response, `${HERE}/${key}?lang=${language}`, t`Đã lưu. Từ giờ trợ lý nói câu này.`);
  });

  routes.post("/:key/preview", "wording.edit", async (request, response) => {
    const [, sentence] = sentenceOf(request);
    const form = readForm(sentenceForm, request);
    if (!form.data) throw notFound();
    const { language, text } = form.data;
    const shipped = shippedIn(sentence, language);
    const problem = problemWith(shipped, text);
    response.type("html").send(await (<Preview shipped={shipped} text={text} problem={problem} />));
  });

  routes.post("/:key/reset", "wording.edit", async (request, response, staff) => {
    const [key] = sentenceOf(request);
    const form = readForm(which, request);
    if (!form.data) throw notFound();
    const { language, seen } = form.data;
    const back = `${HERE}/${key}?lang=${language}`;
    const version = await save(staff, { key, language, text: null }, seen, "wording.reset");
    if (version === null) return trouble(request, response, back, MEANWHILE);
    done(request, response, back, t`Trợ lý nói lại câu gốc.`);
  });

  async function save(
    staff: SignedIn,
    sentence: { key: string; language: Language; text: string | null },
    seen: number,
    action: string,
  ): Promise<number | null> {
    const version = await db.$transaction(async (tx) => {
      const written = await writeVersion(tx, staff.id, sentence, seen);
      const details = { language: sentence.language, version: written };
      if (written !== null) await audit(tx, staff, action, `wording:${sentence.key}`, details);
      return written;
    });
    await watch.refresh();
    return version;
  }

  /** @throws a 404 for a key that is none. */
  function sentenceOf(request: Request): [key: string, sentence: Sentence] {
    const key = one(request.params.key);
    const sentence = book.sentences.get(key);
    if (!sentence) throw notFound();
    return [key, sentence];
  }

  async function show(
    request: Request,
    response: Response,
    staff: SignedIn,
    typed: { language: Language; text?: string; problem?: string | null },
  ) {
    const [key, sentence] = sentenceOf(request);
    const { language, problem = null } = typed;
    if (problem) response.status(422);
    const shipped = shippedIn(sentence, language);
    const history = (await historyOf(db, key)).filter((version) => version.language === language);
    const current = history[0]?.text ?? shipped;
    await showPage(
      request,
      response,
      {
        title: groupName(groupOf(key)),
        subtitle: key,
        breadcrumbs: [{ label: t`Lời của trợ lý`, href: HERE }],
        styles,
      },
      <SentencePage
        {...{ name: key, language, shipped, current, text: typed.text ?? current, history, staff }}
        problem={problem}
        errors={problem ? { text: problem } : {}}
        mayEdit={may(staff.role, "wording.edit")}
      />,
    );
  }

  return routes.router;
}

const shippedIn = (sentence: Sentence, language: Language) => sentence[language] ?? sentence.vi;
