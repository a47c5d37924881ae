/**
 * Comments under a Page's posts that ask or report something: one line under the comment, for all to see, that
 * points to the messages, and one private reply there. A person under a post is answered once, however often
 * they comment; greetings, thanks and chatter are left alone.
 */
import type { CommentHandler } from "../../channels/account-events.ts";
import type { Recipient } from "../../channels/channel.ts";
import { queueReplies } from "../../channels/queue-replies.ts";
import type { WordingBook } from "../../dialogue/wording.ts";
import type { LanguageEngine } from "../../language/index.ts";

/** What needs no answer from an office. */
const CHATTER = new Set([
  "greeting",
  "thanks",
  "goodbye",
  "affirm",
  "deny",
  "cancel",
  "praise",
  "out_of_scope",
]);

export function createCommentHandler(engine: LanguageEngine, wording: WordingBook): CommentHandler {
  return async function onComment(tx, account, comment, eventId) {
    const { comments, quietPosts } = account.settings;
    if (comments === "off" || quietPosts.includes(comment.postId)) return;
    if (comment.verb !== "add" || comment.byPage || !comment.text.trim()) return;
    const { intents, language } = engine.understand(comment.text);
    const asked = intents.find(({ name }) => !CHATTER.has(name));
    if (!asked) return;

    const say = wording.in(language);
    const person = comment.authorId ?? comment.commentId;
    const send = (kind: string, recipient: Recipient, text: string) =>
      queueReplies(tx, { accountId: account.id, conversationId: null, recipient }, [{ text }], {
        author: "bot",
        answersId: eventId,
        dedupeKey: `${kind}:${account.id}:${comment.postId}:${person}`,
      });
    const words = asked.name === "emergency" ? "comments.emergency" : "comments.pointer";
    if (comments === "public_and_private")
      await send("pointer", { publicComment: comment.commentId }, say(words));
    const opening = asked.name.startsWith("report.") ? "comments.privateReport" : "comments.privateQuestion";
    await send("private", { comment: comment.commentId }, say(opening));
  };
}
