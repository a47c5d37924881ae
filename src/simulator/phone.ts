/** What a resident does with their phone, and what the platform tells the gateway of it. */
import type { Account, Comment, Post } from "./accounts.ts";
import type { Arrivals } from "./arrivals.ts";
import * as facebook from "./facebook/events.ts";
import { messengerMid, numericId, zaloMessageId } from "./ids.ts";
import type { Attachment, Entry, Thread } from "./threads.ts";
import type { Event, Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";
import * as zalo from "./zalo/events.ts";

export interface Spoken {
  text?: string;
  attachments?: Attachment[];
  /** Id of the message it answers. */
  quotes?: string;
  /** Facebook: payload of the quick reply that was tapped. */
  quickReply?: string;
  /** Zalo: a button whose words the phone does not show. */
  isHidden?: boolean;
}

export type Phone = ReturnType<typeof createPhone>;

export function createPhone(world: World, webhooks: Webhooks, arrivals: Arrivals) {
  const isZalo = ({ account }: Thread) => account.channel === "zalo";

  /** Anything a resident does opens the platform's window anew. */
  function act(thread: Thread): number {
    return (thread.lastActAt = world.now());
  }

  function tell(thread: Thread, event: Event, entry?: Entry) {
    webhooks.send(thread.account, thread.resident, event, () => {
      if (entry?.state !== "sent") return;
      entry.state = "delivered"; // the gateway has stored it
      world.changed(thread, entry);
    });
  }

  /** @returns the messages written: on Zalo each picture is one of its own. */
  function write(
    thread: Thread,
    { text = "", attachments = [], quotes, quickReply, isHidden }: Spoken,
  ): Entry[] {
    const at = act(thread);
    const parts = isZalo(thread) && attachments.length > 0 ? attachments.map((one) => [one]) : [attachments];
    return parts.map((part, index) => {
      const entry: Entry = {
        ...{
          id: isZalo(thread) ? zaloMessageId() : messengerMid(),
          at: at + index,
          by: "resident",
          state: "sent",
        },
        text: index === 0 ? text : "",
        ...(part.length > 0 ? { attachments: part } : {}),
        ...(quotes ? { quotes } : {}),
      };
      if (!isHidden) world.add(thread, entry);
      const event = isZalo(thread)
        ? zalo.message(thread, entry)
        : facebook.message(thread, entry, quickReply);
      tell(thread, event, isHidden ? undefined : entry);
      return entry;
    });
  }

  /** Messenger's get-started button, a menu line, a button of a template. */
  function postback(thread: Thread, title: string, payload: string): Entry {
    const at = act(thread);
    const entry: Entry = { id: messengerMid(), at, by: "resident", text: title, state: "sent" };
    world.add(thread, entry);
    tell(thread, facebook.postback(thread, { mid: entry.id, title, payload }, at), entry);
    return entry;
  }

  /** Zalo: "Quan tâm". */
  function follow(thread: Thread, isFollowing: boolean) {
    const at = isFollowing ? act(thread) : world.now();
    thread.follows = isFollowing;
    const { account, resident, name } = thread;
    world.tell({ type: "thread", account: account.key, resident, name, follows: isFollowing });
    note(thread, isFollowing ? "Đã quan tâm trang này" : "Đã bỏ quan tâm");
    if (isZalo(thread)) tell(thread, zalo.follows(thread, isFollowing, at));
  }

  function note(thread: Thread, text: string) {
    world.add(thread, { id: `note_${zaloMessageId()}`, at: world.now(), by: "note", text });
  }

  function react(thread: Thread, id: string, icon: string) {
    const entry = thread.byId.get(id);
    if (!entry) return;
    const at = act(thread);
    entry.reaction = icon;
    world.changed(thread, entry);
    tell(
      thread,
      isZalo(thread) ? zalo.reacted(thread, id, icon, at) : facebook.reacted(thread, id, icon, at),
    );
  }

  /** Messenger only: up to five times. */
  function edit(thread: Thread, id: string, text: string) {
    const entry = thread.byId.get(id);
    if (!entry || entry.by !== "resident" || isZalo(thread) || (entry.edits ?? 0) >= 5) return;
    Object.assign(entry, { text, edits: (entry.edits ?? 0) + 1 });
    world.changed(thread, entry);
    tell(thread, facebook.edited(thread, entry, act(thread)));
  }

  /** Zalo: answers a request for name, phone and address. */
  function shareInfo(thread: Thread, info: zalo.SharedInfo) {
    const at = act(thread);
    note(thread, `Đã gửi thông tin: ${info.name}, ${info.phone}`);
    tell(thread, zalo.submittedInfo(thread, info, at));
  }

  function withdraw(thread: Thread) {
    note(thread, "Đã rút lại đồng ý chia sẻ thông tin");
    tell(thread, zalo.withdrew(thread, world.now()));
  }

  /** Facebook: under a post of the Page. */
  function comment(
    account: Account,
    post: Post,
    author: { id: string; name: string },
    text: string,
  ): Comment {
    const at = world.now();
    const id = `${post.id.split("_")[1]}_${numericId(`${at} ${author.id} ${text}`, 15)}`;
    const made: Comment = {
      ...{ id, parentId: post.id, authorId: author.id, authorName: author.name, text, at },
      repliedPrivately: false,
    };
    post.comments.push(made);
    webhooks.send(account, `post:${post.id}`, facebook.comment(post, made));
    world.tell({ type: "account", account: account.key });
    return made;
  }

  return {
    ...{ write, postback, follow, react, edit, shareInfo, withdraw, comment },
    see: arrivals.see,
    /** A person answers in the platform's own tool: Zalo OA chat, or Business Suite. */
    staffAnswers: (thread: Thread, text: string) => arrivals.arrive(thread, { text }, "staff"),
  };
}
