/** What is shown instead of a page: not found, not allowed, something broke. */
import type { ErrorRequestHandler, RequestHandler } from "express";
import { t, vi } from "../bilingual/index.ts";
import { log } from "../infra/log.ts";
import { Empty, LinkButton } from "./components/index.ts";
import { showPage } from "./page.tsx";
import { notFound, Problem } from "./problems.ts";
import { findSignedIn } from "./signed-in.ts";
import { Doorstep } from "./sign-in/pages.tsx";

const WORDS: Record<number, { title: string; text: string }> = {
  403: { title: vi`Không được phép`, text: vi`Việc này không thuộc quyền của tài khoản đang đăng nhập.` },
  404: {
    title: vi`Không tìm thấy`,
    text: vi`Trang này không có, đã bị xóa, hoặc thuộc đơn vị khác.`,
  },
  413: { title: vi`Tệp lớn quá`, text: vi`Mỗi tệp tối đa 12 MB, mỗi lần tối đa 10 tệp.` },
  500: {
    title: vi`Có lỗi xảy ra`,
    text: vi`Máy chủ gặp lỗi. Thử lại sau ít phút; nếu vẫn vậy, báo bộ phận kỹ thuật.`,
  },
};

export const nothingHere: RequestHandler = () => {
  throw notFound();
};

export const showProblem: ErrorRequestHandler = async (error: Error, request, response, next) => {
  if (response.headersSent) return next(error);
  const status = statusOf(error);
  if (status === 500) log.error({ err: error, path: request.path }, "a console page failed");
  const title = t.of(WORDS[status]!.title);
  const text = t.of(WORDS[status]!.text);
  response.status(status);
  if (request.get("hx-request")) return response.type("text").send(text);
  const body = (
    <Empty icon={status === 403 ? "lock" : "search"} title={title}>
      <p safe>{text}</p>
      <LinkButton href="/console">{t`Về trang tổng quan`}</LinkButton>
    </Empty>
  );
  if (findSignedIn(response)) return showPage(request, response, { title, width: "text" }, body);
  response.type("html").send(await (<Doorstep title={title}>{body}</Doorstep>));
};

function statusOf(error: Error): number {
  if (error instanceof Problem) return error.status;
  const { status, code } = error as { status?: number; code?: string };
  if (status === 413 || code === "LIMIT_FILE_SIZE" || code === "LIMIT_FILE_COUNT") return 413;
  return typeof status === "number" && status >= 400 && status < 500 ? 404 : 500;
}
