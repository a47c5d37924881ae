/** What is seen before anybody is signed in. */
import type { Children } from "@kitajs/html";
import { LANGUAGES, pageLanguage, t } from "../../bilingual/index.ts";
import { asset } from "../assets.ts";
import { Form, Icon, Submit, TextField } from "../components/index.ts";
import { Document } from "../layout.tsx";

export function Doorstep({ title, children }: { title: string; children: Children }) {
  return (
    <Document title={title} class="doorstep">
      <main class="door">
        <div class="door-brand">
          <img src={asset("icon.svg")} alt="" width="56" height="56" />
          <p>Hỏi Phường</p>
        </div>
        <section class="card">
          <div class="card-body">
            <h1 safe>{title}</h1>
            {children as "safe"}
          </div>
        </section>
        <OtherLanguage />
      </main>
    </Document>
  );
}

function OtherLanguage() {
  const other = pageLanguage() === "vi" ? "en" : "vi";
  return (
    <p class="door-language">
      <a href={`?lang=${other}`} lang={other} hreflang={other} safe>
        {LANGUAGES[other]}
      </a>
    </p>
  );
}

interface SignInProps {
  next: string;
  email?: string;
  trouble?: string;
  /** Why one is here: signed out, the password changed … */
  note?: string;
}

export function SignInPage({ next, email, trouble, note }: SignInProps) {
  return (
    <Doorstep title={t`Đăng nhập`}>
      {note ? (
        <p class="door-note" role="status" safe>
          {note}
        </p>
      ) : null}
      <Trouble text={trouble} />
      <Form action="/console/sign-in" staff={null}>
        <input type="hidden" name="next" value={next} />
        <TextField
          name="email"
          label="E-mail"
          type="email"
          value={email}
          autocomplete="username"
          required
          autofocus={!email}
        />
        <TextField
          name="password"
          label={t`Mật khẩu`}
          type="password"
          autocomplete="current-password"
          required
          autofocus={Boolean(email)}
        />
        <Submit>{t`Đăng nhập`}</Submit>
      </Form>
      <p class="door-help">{t`Quên mật khẩu, mất điện thoại: nhờ người quản trị đặt lại giúp.`}</p>
    </Doorstep>
  );
}

export function CodePage({ next, trouble }: { next: string; trouble?: string }) {
  return (
    <Doorstep title={t`Mã xác thực`}>
      <p>{t`Mở ứng dụng xác thực trên điện thoại và nhập mã 6 số, hoặc một mã dự phòng.`}</p>
      <Trouble text={trouble} />
      <Form action="/console/sign-in/code" staff={null}>
        <input type="hidden" name="next" value={next} />
        <TextField name="code" label={t`Mã`} autocomplete="one-time-code" required autofocus maxlength={30} />
        <Submit>{t`Tiếp tục`}</Submit>
      </Form>
      <p class="door-help">
        <a href="/console/sign-in">{t`Đăng nhập lại từ đầu`}</a>
      </p>
    </Doorstep>
  );
}

function Trouble({ text }: { text: string | undefined }) {
  if (!text) return <></>;
  return (
    <p class="door-trouble" role="alert">
      <Icon name="alert-triangle" />
      <span safe>{text}</span>
    </p>
  );
}
