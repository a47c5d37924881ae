/** What an OA or a Page has published, as anybody would open it: /articles/ID and /posts/ID of the pretend platforms. */
import type { Account, Article, Post } from "./accounts.ts";
import type { Answer, Call } from "./http.ts";
import type { World } from "./world.ts";

type Service = (call: Call) => Promise<Answer>;
const gone: Answer = { status: 404, body: "" };

export function servePublished(world: World): Record<string, Service> {
  const page = (inner: string) => ({ headers: { "content-type": "text/html; charset=utf-8" }, body: inner });
  return {
    articles: async ({ path }) => {
      for (const account of world.accounts()) {
        const article = account.articles.find(({ id }) => id === path.slice(1));
        if (article) return page(articlePage(account, article));
      }
      return gone;
    },
    posts: async ({ path }) => {
      for (const account of world.accounts()) {
        const post = account.posts.find(({ id }) => id === path.slice(1));
        if (post) return page(postPage(account, post));
      }
      return gone;
    },
  };
}

interface Block {
  type?: string;
  content?: string;
}

function articlePage(account: Account, { fields, at }: Article): string {
  const { title, author, cover, body } = fields as {
    title: string;
    author?: string;
    cover?: { photo_url?: string };
    body: Block[];
  };
  return frame(
    title,
    <article class="published zalo">
      <p class="by">
        <b safe>{author ?? account.name}</b> · <time safe>{moment(at)}</time>
      </p>
      <h1 safe>{title}</h1>
      {cover?.photo_url ? <img src={cover.photo_url} alt="" /> : null}
      {body
        .filter(({ type }) => type === "text")
        .map(({ content = "" }) => (
          <p safe>{content}</p>
        ))}
    </article>,
  );
}

function postPage(account: Account, { text, link, picture, pictures, at, edited }: Post): string {
  return frame(
    account.name,
    <article class="published facebook">
      <p class="by">
        <b safe>{account.name}</b> · <time safe>{moment(at)}</time>
        {edited ? " · Đã chỉnh sửa" : null}
      </p>
      <p class="kept-lines" safe>
        {text}
      </p>
      <Pictures of={pictures ?? (picture ? [picture] : [])} />
      {link ? (
        <p>
          <a href={link} safe>
            {link}
          </a>
        </p>
      ) : null}
    </article>,
  );
}

const Pictures = ({ of }: { of: string[] }) => (
  <>
    {of.map((url) => (
      <img src={url} alt="" />
    ))}
  </>
);

const moments = new Intl.DateTimeFormat("vi-VN", {
  ...({ dateStyle: "short", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" } as const),
});
const moment = (at: number) => moments.format(at);

function frame(title: string, content: JSX.Element): string {
  return `<!doctype html>${
    (
      <html lang="vi">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title safe>{title}</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href="../public/simulator.css" />
        </head>
        <body class="reading">{content as "safe"}</body>
      </html>
    ) as string
  }`;
}
