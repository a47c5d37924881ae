/** A Page's posts and the comments under them (facebook.md §3.2). */
import type { Account, Comment, Post } from "../accounts.ts";
import * as events from "./events.ts";
import { numericId } from "../ids.ts";
import type { Webhooks } from "../webhooks.ts";
import type { World } from "../world.ts";
import { GraphRefusal, invalid } from "./refusal.ts";

type Fields = Record<string, unknown>;
const MINUTE = 60_000;
/** At least ten minutes ahead; the upper bound is disputed, 30 days is the strictest reading. */
const SOONEST = 10 * MINUTE;
const LATEST = 30 * 24 * 60 * MINUTE;

export function createPage(world: World, webhooks: Webhooks) {
  function publish(account: Account, { message, link, picture, pictures, ...fields }: Fields): Post {
    const text = typeof message === "string" ? message : "";
    if (!text && !link && !picture) throw invalid("Requires one of the params: link,message");
    const post: Post = {
      ...{
        id: `${account.id}_${numericId(`post ${account.id} ${world.now()} ${account.posts.length}`, 15)}`,
        text,
      },
      ...(typeof link === "string" ? { link } : {}),
      ...(typeof picture === "string" ? { picture } : {}),
      ...(Array.isArray(pictures) ? { pictures: pictures as string[] } : {}),
      ...{ at: world.now(), scheduledFor: readSchedule(fields), comments: [] },
    };
    account.posts.unshift(post);
    world.tell({ type: "account", account: account.key });
    if (post.scheduledFor === null) webhooks.send(account, `post:${post.id}`, events.posted(account, post));
    return post;
  }

  function readSchedule({ published, scheduled_publish_time: given }: Fields): number | null {
    if (published !== false && published !== "false") {
      if (given !== undefined)
        throw invalid("You cannot specify a scheduled publish time on a published post");
      return null;
    }
    const at =
      typeof given === "number" || /^\d+$/.test(String(given))
        ? Number(given) * 1000
        : Date.parse(String(given));
    const ahead = at - world.now();
    if (!(ahead >= SOONEST && ahead <= LATEST))
      throw invalid("The specified scheduled publish time is invalid");
    return at;
  }

  /** Posts whose time has come are published when somebody looks. */
  function publishDue(account: Account) {
    for (const post of account.posts) {
      if (post.scheduledFor === null || post.scheduledFor > world.now()) continue;
      post.at = post.scheduledFor;
      post.scheduledFor = null;
      webhooks.send(account, `post:${post.id}`, events.posted(account, post));
    }
  }

  function commentsOf(account: Account, id: string): { post: Post; parentId: string } {
    for (const post of account.posts) {
      if (post.id === id) return { post, parentId: post.id };
      if (post.comments.some((comment) => comment.id === id)) return { post, parentId: id };
    }
    throw new GraphRefusal(100, `Unsupported post request. Object with ID '${id}' does not exist`, 33);
  }

  const written = ({ id, text, at, link, scheduledFor }: Post) => ({
    ...{ id, message: text, created_time: new Date(at).toISOString() },
    permalink_url: `${world.address}/posts/${id}`,
    ...(link ? { link } : {}),
    ...(scheduledFor ? { scheduled_publish_time: Math.floor(scheduledFor / 1000) } : {}),
  });

  return {
    publishDue,
    /** POST /{page}/feed; its photos were uploaded before. */
    feed(account: Account, { attached_media: media, ...fields }: Fields) {
      if (media === undefined) return { id: publish(account, fields).id };
      const pictures = (Array.isArray(media) ? media : []).map((each: unknown) => {
        const id = (each as { media_fbid?: unknown } | null)?.media_fbid;
        const url = typeof id === "string" ? account.photos.get(id) : undefined;
        if (!url) throw invalid("attached_media names no photo of this Page");
        return url;
      });
      return { id: publish(account, { ...fields, picture: pictures[0], pictures }).id };
    },
    /** POST /{page}/photos */
    photos(account: Account, { url, caption, message, ...fields }: Fields) {
      if (typeof url !== "string" || !/^https?:\/\//.test(url)) throw invalid("url is required");
      if (fields.published === false && fields.scheduled_publish_time === undefined) {
        const id = numericId(`photo ${url} ${world.now()} ${account.photos.size}`, 15);
        account.photos.set(id, url);
        return { id };
      }
      const post = publish(account, { ...fields, message: caption ?? message, picture: url });
      return { id: numericId(`photo ${post.id}`, 15), post_id: post.id };
    },
    /** GET /{page}/feed, /published_posts and /scheduled_posts */
    posts(account: Account, isScheduled: boolean) {
      publishDue(account);
      return {
        data: account.posts
          .filter(({ scheduledFor }) => (scheduledFor !== null) === isScheduled)
          .map(written),
      };
    },
    /** POST /{comment or post}/comments: seen by all, and told back as a change of the feed. */
    comment(account: Account, id: string, { message }: Fields) {
      if (typeof message !== "string" || !message) throw invalid("param message is required");
      const { post, parentId } = commentsOf(account, id);
      const comment: Comment = {
        ...{
          id: `${post.id.split("_")[1]}_${numericId(`${parentId} ${message} ${world.now()}`, 15)}`,
          parentId,
        },
        ...{ authorId: account.id, authorName: account.name, text: message, at: world.now() },
        repliedPrivately: false,
      };
      post.comments.push(comment);
      webhooks.send(account, `post:${post.id}`, events.comment(post, comment));
      world.tell({ type: "account", account: account.key });
      return { id: comment.id };
    },
    /** GET /{comment or post}/comments */
    comments(account: Account, id: string) {
      const { post, parentId } = commentsOf(account, id);
      const data = post.comments
        .filter((comment) => comment.parentId === parentId)
        .map(({ id: commentId, text, at, authorId, authorName }) => ({
          ...{ id: commentId, message: text, created_time: new Date(at).toISOString() },
          from: { id: authorId, name: authorName },
        }));
      return { data };
    },
    /** POST /{post}: other words, or another moment of publishing. */
    edit(account: Account, id: string, { message, ...fields }: Fields) {
      const post = account.posts.find((each) => each.id === id);
      if (!post) throw new GraphRefusal(100, `Object with ID '${id}' does not exist`, 33);
      if (typeof message === "string" && message) Object.assign(post, { text: message, edited: true });
      if (fields.scheduled_publish_time !== undefined) {
        if (post.scheduledFor === null) throw invalid("The post is already published");
        post.scheduledFor = readSchedule({ published: false, ...fields });
      }
      world.tell({ type: "account", account: account.key });
      return { success: true };
    },
    /** DELETE /{post} */
    remove(account: Account, id: string) {
      const index = account.posts.findIndex((post) => post.id === id);
      if (index === -1) throw new GraphRefusal(100, `Object with ID '${id}' does not exist`, 33);
      account.posts.splice(index, 1);
      world.tell({ type: "account", account: account.key });
      return { success: true };
    },
  };
}
