/** Deeds of residents as data, for the phone page and for tests and benchmarks over HTTP. */
import { z } from "zod";
import type { Account } from "./accounts.ts";
import { md5 } from "./files.ts";
import type { Phone } from "./phone.ts";
import type { Attachment, Button, Thread } from "./threads.ts";
import type { World } from "./world.ts";

const who = {
  /** "zalo:1840…" or "facebook:1099…" */
  account: z.string(),
  /** User id or PSID; a new one begins a new talk. */
  resident: z.string().min(1),
  /** How the platform calls them; told once. */
  name: z.string().optional(),
};

export const act = z.discriminatedUnion("act", [
  z.object({ ...who, act: z.literal("text"), text: z.string().min(1), quotes: z.string().optional() }),
  /** A quick reply of Messenger. */
  z.object({ ...who, act: z.literal("choose"), title: z.string(), payload: z.string() }),
  /** A button of a template or of the menu. */
  z.object({
    ...who,
    act: z.literal("press"),
    title: z.string(),
    kind: z.enum(["say", "hidden", "postback", "url", "phone"]),
    value: z.string(),
  }),
  z.object({ ...who, act: z.literal("getStarted") }),
  /** Pictures or files put on the shelf before (POST control/files, or a sample picture's address). */
  z.object({
    ...who,
    act: z.literal("files"),
    urls: z.array(z.string()).min(1),
    text: z.string().default(""),
  }),
  z.object({
    ...{ ...who, act: z.literal("location"), title: z.string().default("Vị trí đã chia sẻ") },
    ...{ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) },
  }),
  z.object({ ...who, act: z.literal("sticker"), sticker: z.string() }),
  z.object({ ...who, act: z.literal("link"), url: z.url(), title: z.string().default("") }),
  z.object({ ...who, act: z.enum(["follow", "unfollow", "withdraw", "see"]) }),
  z.object({ ...who, act: z.literal("react"), message: z.string(), icon: z.string() }),
  z.object({ ...who, act: z.literal("edit"), message: z.string(), text: z.string().min(1) }),
  z.object({
    ...{ ...who, act: z.literal("shareInfo"), phone: z.string(), address: z.string().default("") },
    ...{ ward: z.string().default(""), city: z.string().default("Vĩnh Long") },
  }),
  /** Under a post of the Page; `post` unset: the newest. */
  z.object({ ...who, act: z.literal("comment"), post: z.string().optional(), text: z.string().min(1) }),
  /** A person answers in the platform's own tool. */
  z.object({ ...who, act: z.literal("staff"), text: z.string().min(1) }),
]);
export type Act = z.infer<typeof act>;

export interface Done {
  /** Platform's ids of the messages written; empty for a deed that is no message. */
  ids: string[];
  /** ms since 1970, on the platforms' clock. */
  at: number;
}

/** The act cannot be done: said to whoever asked. */
export class ImpossibleAct extends Error {}

export function createActs(world: World, phone: Phone) {
  /** @throws ImpossibleAct */
  return function perform(given: Act): Done {
    const account = world.account(given.account);
    if (!account) throw new ImpossibleAct(`There is no account ${given.account}.`);
    const thread = world.thread(account, given.resident, given.name);
    return { ids: idsOf(account, thread, given), at: world.now() };
  };

  function idsOf(account: Account, thread: Thread, given: Act): string[] {
    const write = (spoken: Parameters<Phone["write"]>[1]) => phone.write(thread, spoken).map(({ id }) => id);
    switch (given.act) {
      case "text":
        return write({ text: given.text, ...(given.quotes ? { quotes: given.quotes } : {}) });
      case "choose":
        return write({ text: given.title, quickReply: given.payload });
      case "press":
        return press(thread, given);
      case "getStarted":
        return [phone.postback(thread, "Bắt đầu", getStartedOf(account)).id];
      case "files":
        return write({ text: given.text, attachments: given.urls.map(attachmentOf) });
      case "location": {
        const { latitude, longitude, title } = given;
        return write({ attachments: [{ type: "location", latitude, longitude, title }] });
      }
      case "sticker": {
        const url = `${world.address}/stickers/${encodeURIComponent(given.sticker)}.svg`;
        return write({ attachments: [{ type: "sticker", stickerId: given.sticker, url }] });
      }
      case "link":
        return write({
          text: given.url,
          attachments: [{ type: "link", url: given.url, title: given.title }],
        });
      case "comment":
        return [commentUnder(account, thread, given).id];
      case "staff":
        return [phone.staffAnswers(thread, given.text).id];
      default:
        quietly(thread, given);
        return [];
    }
  }

  function quietly(thread: Thread, given: Act) {
    if (given.act === "react") phone.react(thread, given.message, given.icon);
    else if (given.act === "edit") phone.edit(thread, given.message, given.text);
    else if (given.act === "shareInfo")
      phone.shareInfo(thread, { ...given, name: given.name ?? thread.name });
    else if (given.act === "withdraw") phone.withdraw(thread);
    else if (given.act === "see") phone.see(thread);
    else phone.follow(thread, given.act === "follow");
  }

  function press(thread: Thread, { title, kind, value }: Button): string[] {
    if (kind === "postback") return [phone.postback(thread, title, value).id];
    if (kind === "say" || kind === "hidden") {
      return phone.write(thread, { text: value, isHidden: kind === "hidden" }).map(({ id }) => id);
    }
    return []; // opens a page or dials: the platform hears nothing
  }

  function commentUnder(
    account: Account,
    thread: Thread,
    given: { post?: string | undefined; text: string },
  ) {
    const post = account.posts.find(({ id, scheduledFor }) =>
      given.post ? id === given.post : scheduledFor === null,
    );
    if (account.channel !== "facebook" || !post) throw new ImpossibleAct("There is no such post.");
    return phone.comment(account, post, { id: thread.resident, name: thread.name }, given.text);
  }

  function attachmentOf(url: string): Attachment {
    const file = world.files.byUrl(url);
    if (!file) throw new ImpossibleAct(`There is no file ${url}.`);
    const { mime, name, bytes } = file;
    if (mime === "image/gif") return { type: "gif", url };
    if (mime.startsWith("image/")) return { type: "image", url };
    if (mime.startsWith("audio/")) return { type: "audio", url };
    if (mime.startsWith("video/")) return { type: "video", url };
    return { type: "file", url, name, size: bytes.length, checksum: md5(bytes) };
  }
}

function getStartedOf({ profile }: Account): string {
  const { payload } = (profile.get_started ?? {}) as { payload?: string };
  return payload ?? "GET_STARTED";
}
