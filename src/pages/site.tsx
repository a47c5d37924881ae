/** The frame of every public page: no sign-in, no cookie but that of who chose English, little to load. */
import type { Children } from "@kitajs/html";
import type { Response } from "express";
import { addressIn } from "../bilingual/choice.ts";
import { LANGUAGES, pageLanguage, t, vi } from "../bilingual/index.ts";
import { asset } from "../console/assets.ts";

export interface SitePage {
  title: string;
  /** For search engines and link previews. */
  description?: string;
  /** Where of the site: an address of NAVIGATION. */
  section: string;
  scripts?: string[];
  styles?: string[];
  feeds?: { title: string; href: string; type: string }[];
  /** Shows that what is on the page is sample data. */
  sample?: boolean;
  /** Kept out of search engines. */
  unlisted?: boolean;
  status?: number;
}

export const NAVIGATION = [
  { href: "/phan-anh", label: vi`Phản ánh` },
  { href: "/thong-bao", label: vi`Thông báo` },
];

export async function sendPage(response: Response, page: SitePage, body: Children): Promise<void> {
  const html = await (
    <Site {...page} address={response.req.originalUrl}>
      {body as "safe"}
    </Site>
  );
  response
    .status(page.status ?? 200)
    .type("html")
    .send(html);
}

function Site(props: SitePage & { address: string; children: Children }) {
  const { title, description, section, scripts = [], styles = [], feeds = [], children } = props;
  const other = pageLanguage() === "vi" ? "en" : "vi";
  return (
    <>
      {"<!doctype html>"}
      <html lang={pageLanguage()}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="theme-color" content="#0f6b5c" />
          <title safe>{`${title} · Hỏi Phường`}</title>
          {description ? <meta name="description" content={description} /> : null}
          {props.unlisted ? <meta name="robots" content="noindex" /> : null}
          <link rel="icon" href={asset("icon.svg")} type="image/svg+xml" />
          <link rel="stylesheet" href={asset("site.css")} />
          {styles.map((address) => (
            <link rel="stylesheet" href={address} />
          ))}
          {feeds.map(({ title: name, href, type }) => (
            <link rel="alternate" title={name} href={href} type={type} />
          ))}
          {scripts.map((address) => (
            <script src={address} defer></script>
          ))}
        </head>
        <body>
          <a class="skip" href="#content">
            {t`Tới nội dung`}
          </a>
          <header class="site-head">
            <div class="wrap">
              <a class="brand" href="/phan-anh">
                <img src={asset("icon.svg")} alt="" width="34" height="34" />
                Hỏi Phường
              </a>
              <nav class="site-nav" aria-label={t`Mục chính`}>
                {NAVIGATION.map(({ href, label }) => (
                  <a href={href} aria-current={href === section ? "true" : undefined}>
                    {t.of(label)}
                  </a>
                ))}
                <a
                  class="site-language"
                  href={addressIn(other, props.address)}
                  lang={other}
                  hreflang={other}
                  rel="nofollow"
                  safe
                >
                  {LANGUAGES[other]}
                </a>
              </nav>
            </div>
          </header>
          {props.sample ? (
            <div class="sample-note">{t`Đang hiện dữ liệu mẫu, không phải việc có thật.`}</div>
          ) : null}
          <main class="site-main wrap" id="content" tabindex="-1">
            {children as "safe"}
          </main>
          <footer class="site-foot">
            <div class="wrap">
              <span>{t`Hỏi Phường, thông tin cơ sở khu vực đô thị Bến Tre`}</span>
              <span>
                {t.html`Việc gấp nguy hiểm: gọi <a href="tel:113">113</a>, <a href="tel:114">114</a>, <a href="tel:115">115</a>`}
              </span>
            </div>
          </footer>
        </body>
      </html>
    </>
  );
}
