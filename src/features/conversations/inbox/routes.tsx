/** The inbox's addresses: the list, a talk, the live stream, and every deed upon a talk. */
import type { Request, Response, Router } from "express";
import { pageLanguage, t } from "../../../bilingual/index.ts";
import type { Reply } from "../../../channels/channel.ts";
import type { Media } from "../../../channels/media.ts";
import { queueReplies } from "../../../channels/queue-replies.ts";
import { asset } from "../../../console/assets.ts";
import { audit } from "../../../console/audit/audit.ts";
import { resend } from "../../../console/failures/store.ts";
import { showPage } from "../../../console/page.tsx";
import { notFound } from "../../../console/problems.ts";
import { idOf, one } from "../../../console/read-form.ts";
import { may } from "../../../console/rights.ts";
import { consoleRoutes } from "../../../console/routes.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { isSkill } from "../../../console/skills.ts";
import { optionsFor } from "../../../console/units/tree.ts";
import type { Flow } from "../../../dialogue/types.ts";
import type { WordingBook } from "../../../dialogue/wording.ts";
import type { Clock } from "../../../infra/clock.ts";
import type { Database, Tx } from "../../../infra/db.ts";
import type { LanguageEngine } from "../../../language/index.ts";
import { handBack, keepDialogue } from "../store.ts";
import { createIntentNames } from "../training/intents.ts";
import { takeUpAgain, understood } from "../understood.ts";
import { noteAnswered } from "../waits.ts";
import type { Learn } from "../../../residents/candidates.ts";
import { hasConsent } from "../../../residents/consents.ts";
import type { FilesForResident } from "../../feature.ts";
import { keepAttachments } from "./attach.ts";
import { answerRoutes } from "./answer-routes.tsx";
import {
  addLabel,
  addNote,
  cannedFor,
  colleaguesFor,
  endPresence,
  fillIn,
  isColleague,
  notePresence,
  othersPresent,
  removeLabel,
  setSkill,
} from "./beside.ts";
import { claim, close, handOn, lockFor, noteStep, putBack } from "./holding.ts";
import { insertRoutes, writeInsert, type InsertParts, type Inserts } from "./insert-routes.tsx";
import { queryOf, TalkList } from "./list.tsx";
import type { Live } from "./live.ts";
import { materialFor } from "./material.ts";
import { keepMentions, markMentionsSeen } from "./mentions.ts";
import { createReach } from "./reach.ts";
import { reportRoutes } from "./report-routes.tsx";
import { CLOSE_REASONS, NoTalk, TalkPane, TalkParts, TalkSide, type TalkProps } from "./talk.tsx";
import {
  countTabs,
  findTalks,
  labelsInUse,
  markRead,
  TABS,
  type Tab,
  type Talk,
  type TalkFilter,
} from "./talks.ts";
import { findFile, findSent, lastHeard, readTimeline, type Channels } from "./timeline.ts";
import { answerFor, replyWindow } from "./window.ts";
import { scriptWords, shownName } from "./words.ts";

export interface InboxParts {
  database: Database;
  channels: Channels;
  media: Media;
  engine: LanguageEngine;
  wording: WordingBook;
  clock: Clock;
  /** Forms of all features, known once they are all there. */
  flows(): Flow[];
  /** What features can put into an answer, by their names. */
  inserts(): Inserts;
  /** How a message becomes a report. */
  filing: FilesForResident;
  /** Has the bot learn what staff say was meant. */
  learn: Learn;
  live: Live;
  /** Address of the map's pictures, and whom to name for them. */
  tiles: string;
  attribution: string;
}

const LONGEST_REPLY = 8000;
const MOST_INSERTS = 4;

export function inboxRoutes(parts: InboxParts): Router {
  const { database, channels, media, engine, wording, clock, live } = parts;
  const { db } = database;
  const routes = consoleRoutes();
  const reach = createReach(db, channels);
  const { own, back, refuse, refuseHeld } = reach;
  const intents = createIntentNames(wording);
  const insertParts: InsertParts = { db, reach, engine, wording, inserts: parts.inserts };

  routes.get("/", "talks.see", async (request, response, staff) => {
    await showInbox(request, response, staff, null);
  });

  routes.get("/list", "talks.see", async (request, response, staff) => {
    response
      .type("html")
      .send(await (<TalkList {...await listProps(request, staff, one(request.query.open))} />));
  });

  routes.get("/live", "talks.see", (request, response, staff) => {
    live.watch(request, response, staff, one(request.query.talk));
  });

  answerRoutes(routes, db);
  insertRoutes(routes, insertParts);
  reportRoutes(routes, { db, channels, reach, engine, wording, clock, filing: parts.filing });

  routes.get("/:id", "talks.see", async (request, response, staff) => {
    const talk = await own(request, staff);
    await audit(db, staff, "talk.open", `conversation:${talk.id}`);
    await markRead(db, talk.id, clock.now());
    await markMentionsSeen(db, talk.id, staff.id, clock.now());
    await notePresence(db, talk.id, staff.id);
    await showInbox(request, response, staff, { ...talk, unread: 0 });
  });

  routes.get("/:id/parts", "talks.see", async (request, response, staff) => {
    const talk = await own(request, staff);
    if ("seen" in request.query && talk.unread > 0) await markRead(db, talk.id, clock.now());
    response.type("html").send(await (<TalkParts {...await talkProps(request, staff, talk)} />));
  });

  routes.post("/:id/present", "talks.see", async (request, response, staff) => {
    const { id } = await own(request, staff);
    await notePresence(db, id, staff.id);
    response.status(204).end();
  });

  routes.post("/:id/absent", "talks.see", async (request, response, staff) => {
    await endPresence(db, (await own(request, staff)).id, staff.id);
    response.status(204).end();
  });

  routes.get("/:id/files/:file", "talks.see", async (request, response, staff) => {
    const talk = await own(request, staff);
    const file = await findFile(db, talk.id, idOf(request.params.file));
    if (!file) throw notFound();
    const isSmall = "small" in request.query && file.hasThumbnail;
    const small = isSmall ? await media.readThumbnail(file.hash) : null;
    const { bytes, mime } = small ? { bytes: small, mime: "image/jpeg" } : await media.read(file.hash);
    sendFile(response, bytes, mime, file.name);
  });

  routes.get("/:id/sent/:hash", "talks.see", async (request, response, staff) => {
    const talk = await own(request, staff);
    const hash = one(request.params.hash);
    const sent = await findSent(db, talk.id, hash);
    if (!sent) throw notFound();
    const { bytes, mime } = await media.read(hash);
    sendFile(response, bytes, mime, sent.name);
  });

  deed("claim", "talk.claim", async (tx, talk, staff) => (await claim(tx, talk.id, staff.id)).holds);

  routes.post("/:id/take-over", "talks.take_over", async (request, response, staff) => {
    const talk = await own(request, staff);
    await db.$transaction(async (tx) => {
      await claim(tx, talk.id, staff.id, true);
      await audit(tx, staff, "talk.take_over", `conversation:${talk.id}`);
    });
    back(request, response, talk);
  });

  routes.post("/:id/reply", "talks.answer", async (request, response, staff) => {
    const talk = await own(request, staff);
    const text = one((request.body as { text?: unknown }).text).slice(0, LONGEST_REPLY);
    const files = (request.files ?? []) as Express.Multer.File[];
    const kept = await keepAttachments(media, channels[talk.channel], files);
    if ("refused" in kept) return refuse(request, response, talk, kept.refused);
    const attached = [...kept.replies, ...(await picturesOf(request, talk))];
    if (!text && attached.length === 0) return refuse(request, response, talk, t`Chưa có gì để gửi.`);
    const window = replyWindow(talk.channel, talk.settings, talk.lastInboundAt, clock.now());
    const answer = answerFor(window, talk, text, attached);
    if ("refused" in answer) return refuse(request, response, talk, answer.refused);
    const isTheirs = await db.$transaction(async (tx) => {
      const { holds } = await claim(tx, talk.id, staff.id);
      if (!holds) return false;
      const to = {
        ...{ accountId: talk.accountId, conversationId: talk.id },
        recipient: { user: talk.residentExternalId },
      };
      await queueReplies(tx, to, answer.replies, { author: "staff", staffId: staff.id });
      await noteAnswered(tx, talk.id, clock.now());
      await audit(tx, staff, "talk.reply", `conversation:${talk.id}`, { files: attached.length });
      return true;
    });
    if (!isTheirs) return refuseHeld(request, response, talk);
    back(request, response, talk);
  });

  routes.post("/:id/note", "talks.answer", async (request, response, staff) => {
    const talk = await own(request, staff);
    const text = one((request.body as { text?: unknown }).text).slice(0, LONGEST_REPLY);
    if (!text) return refuse(request, response, talk, t`Ghi chú còn trống.`);
    await db.$transaction(async (tx) => {
      const noteId = await addNote(tx, talk.id, staff.id, text);
      const note = { id: noteId, conversationId: talk.id, text };
      const called = await keepMentions(tx, note, talk.unitCode, staff.id);
      const about = called.length > 0 ? { mentions: called.map(({ id }) => id).join(" ") } : undefined;
      await audit(tx, staff, "talk.note", `conversation:${talk.id}`, about);
    });
    back(request, response, talk);
  });

  deed("hand-back", "talk.hand_back", async (tx, talk, staff) => {
    const locked = await lockFor(tx, talk.id, asHolder(staff));
    if (!locked) return false;
    await handBack(tx, talk.id, clock.now());
    await noteStep(tx, talk.id, { kind: "handed_back", staffId: staff.id });
    if (talk.state !== "staff") return true;
    const language = talk.language === "en" ? "en" : "vi";
    const again = takeUpAgain(locked.dialogue, parts.flows(), wording.in(language));
    if (again) {
      await keepDialogue(tx, talk.id, again.dialogue);
      const { accountId, id: conversationId, residentExternalId: user } = talk;
      await queueReplies(tx, { accountId, conversationId, recipient: { user } }, [again.reply], {
        author: "bot",
      });
    }
    return true;
  });

  deed("hand-on", "talk.hand_on", async (tx, talk, staff, body) => {
    const note = one(body.note).slice(0, 500);
    if (one(body.to) === "queue") return putBack(tx, talk.id, asHolder(staff), note);
    const to = Number(one(body.to));
    if (!Number.isSafeInteger(to) || !(await isColleague(tx, talk.unitCode, to))) throw notFound();
    return handOn(tx, talk.id, asHolder(staff), to, note);
  });

  deed("close", "talk.close", async (tx, talk, staff, body) => {
    const reason = CLOSE_REASONS.find((known) => known === one(body.reason)) ?? CLOSE_REASONS[0]!;
    return close(tx, talk.id, asHolder(staff), reason);
  });

  deed("label", "talk.label", async (tx, talk, _staff, body) => {
    const label = one(body.label).replace(/\s+/g, " ").slice(0, 30);
    if (label && talk.labels.length < 10) await addLabel(tx, talk.id, label);
    return true;
  });

  deed("skill", "talk.skill", async (tx, talk, _staff, body) => {
    const skill = one(body.skill);
    await setSkill(tx, talk.id, isSkill(skill) ? skill : null);
    return true;
  });

  /** What the message meant, for the bot to learn; only of who agreed to it. */
  deed("meant", "talk.meant", async (tx, talk, staff, body) => {
    const intent = (await intents.all()).find(({ name }) => name === one(body.intent));
    const said = await materialFor(tx, channels[talk.channel], talk.id, idOf(one(body.message)));
    if (!intent || !said) throw notFound();
    const { residentId } = talk;
    await parts.learn(tx, { residentId, text: said.text, intents: [intent.name], staffId: staff.id });
    return true;
  });

  deed("unlabel", "talk.unlabel", async (tx, talk, _staff, body) => {
    await removeLabel(tx, talk.id, one(body.label));
    return true;
  });

  routes.post("/:id/retry/:message", "failures.settle", async (request, response, staff) => {
    const talk = await own(request, staff);
    const id = idOf(request.params.message);
    await db.$transaction(async (tx) => {
      if ((await resend(tx, staff.units, id)) === 0) throw notFound();
      await audit(tx, staff, "message.resend", `outbound:${id}`);
    });
    back(request, response, talk);
  });

  /** A deed upon a talk with its audit entry in one transaction; false: somebody else holds it. */
  function deed(
    path: string,
    action: string,
    work: (tx: Tx, talk: Talk, staff: SignedIn, body: Record<string, unknown>) => Promise<boolean>,
  ) {
    routes.post(`/:id/${path}`, "talks.answer", async (request, response, staff) => {
      const talk = await own(request, staff);
      const isDone = await db.$transaction(async (tx) => {
        if (!(await work(tx, talk, staff, (request.body ?? {}) as Record<string, unknown>))) return false;
        await audit(tx, staff, action, `conversation:${talk.id}`);
        return true;
      });
      if (!isDone) return refuseHeld(request, response, talk);
      back(request, response, talk);
    });
  }

  /** Of the parcels that were put into the answer; drawn now. */
  async function picturesOf(request: Request, talk: Talk): Promise<Reply[]> {
    const named = (request.body as { insert?: string | string[] }).insert ?? [];
    const pictures: Reply[] = [];
    for (const part of [named].flat().slice(0, MOST_INSERTS)) {
      const image = (await writeInsert(insertParts, db, talk, part))?.image;
      if (image) pictures.push({ text: "", image });
    }
    return pictures;
  }

  async function showInbox(request: Request, response: Response, staff: SignedIn, talk: Talk | null) {
    const list = await listProps(request, staff, talk ? String(talk.id) : "");
    const props = talk ? await talkProps(request, staff, talk) : null;
    const title = talk ? shownName(talk) : t`Trò chuyện`;
    await showPage(
      request,
      response,
      {
        ...{ title, width: "full" },
        scripts: [asset("leaflet.js"), asset("inbox.js")],
        styles: [asset("leaflet.css"), asset("inbox.css")],
      },
      <div
        class={["inbox", talk ? "inbox-open" : ""]}
        id="inbox"
        data-tiles={parts.tiles}
        data-attribution={parts.attribution}
        data-words={JSON.stringify(scriptWords())}
      >
        <p class="inbox-offline" role="status" hidden>
          {t`Mất kết nối, đang nối lại…`}
        </p>
        <TalkList {...list} />
        {props ? (
          <>
            <TalkPane {...props} />
            <TalkSide {...props} />
          </>
        ) : (
          <NoTalk />
        )}
      </div>,
    );
  }

  async function listProps(request: Request, staff: SignedIn, current: string) {
    const filter = filterOf(request);
    const [rows, counts, units, labels] = await Promise.all([
      findTalks(db, channels, staff, filter),
      countTabs(db, staff),
      optionsFor(db, staff.units),
      labelsInUse(db, staff.units),
    ]);
    return {
      rows,
      counts,
      filter,
      units,
      labels,
      staffId: staff.id,
      skills: staff.skills,
      now: clock.now(),
      current,
    };
  }

  async function talkProps(request: Request, staff: SignedIn, talk: Talk): Promise<TalkProps> {
    const before = new Date(one(request.query.before));
    const { items, hasOlder } = await readTimeline(
      db,
      channels[talk.channel],
      talk.id,
      Number.isNaN(before.getTime()) ? null : before,
    );
    const heard = lastHeard(items);
    const [mayTeach, others, colleagues, canned, labels] = await Promise.all([
      hasConsent(db, talk.residentId, "training"),
      othersPresent(db, talk.id, staff.id),
      colleaguesFor(db, talk.unitCode, staff.id, talk.skill),
      cannedFor(db, talk.unitCode),
      labelsInUse(db, staff.units),
    ]);
    const values = {
      ten: talk.isNamed ? talk.residentName : "anh/chị",
      don_vi: talk.unitName,
      can_bo: staff.name,
    };
    const inserts = Object.entries(parts.inserts()).map(([kind, { label, hint }]) => ({
      kind,
      label: t.of(label),
      hint: t.of(hint),
    }));
    return {
      ...{ talk, items, hasOlder, staff, others, colleagues, labels, inserts, now: clock.now() },
      window: replyWindow(talk.channel, talk.settings, talk.lastInboundAt, clock.now()),
      canned: canned.map(({ shortcut, text }) => ({ shortcut, text: fillIn(text, values) })),
      understood: understood(
        engine,
        parts.flows(),
        wording.in(pageLanguage()),
        intents.labelOf,
        heard?.text ?? "",
        talk.dialogue,
      ),
      teachable: heard && mayTeach ? { message: heard.id, intents: await intents.all() } : null,
      back: queryOf(filterOf(request)),
    };
  }

  return routes.router;
}

const asHolder = (staff: SignedIn) => ({ id: staff.id, mayTakeOver: may(staff.role, "talks.take_over") });

function filterOf({ query }: Request): TalkFilter {
  const tab = one(query.tab) as Tab;
  const label = one(query.label).slice(0, 30);
  return {
    tab: TABS.includes(tab) ? tab : "waiting",
    skill: one(query.skill),
    ...{ unit: one(query.unit), channel: one(query.channel), label, words: one(query.q).slice(0, 100) },
  };
}

/** Shown here only when it is a picture, sound or film by its content; anything else is a download. */
function sendFile(response: Response, bytes: Buffer, mime: string, name: string | null) {
  const isShown = /^(image\/(jpeg|png|gif|webp)|audio\/|video\/)/.test(mime);
  if (!isShown) response.attachment(name ?? "tep-dinh-kem");
  response
    .set({
      "cache-control": "private, max-age=86400",
      "content-security-policy": "default-src 'none'; sandbox",
    })
    .type(isShown ? mime : "application/octet-stream")
    .send(bytes);
}
