/** How far the approval is, what the office says among itself, and the emergency nobody may overlook. */
import { t } from "../../../bilingual/index.ts";
import { Badge, Card, Form, Icon, Submit, TextArea, Time } from "../../../console/components/index.ts";
import { may, roleName } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { ROOT } from "../console/words.ts";
import type { Approval, Comment, urgentFor } from "./store.ts";

interface ApprovalProps {
  /** Who wrote it, or sent it for approval. */
  writers: string[];
  approval: Approval;
}

/** Both names, and whose is still missing. */
export function ApprovalLines({ writers, approval: { by, needed } }: ApprovalProps) {
  const missing = needed - by.length;
  return (
    <ul class="four-eyes">
      {writers.length > 0 ? (
        <li>
          <Icon name="pencil" />
          <span safe>{t`Soạn: ${writers.join(", ")}`}</span>
        </li>
      ) : null}
      {by.map(({ name, at }) => (
        <li>
          <Icon name="circle-check" />
          <span>
            <span safe>{t`Duyệt: ${name}`}</span>{" "}
            <span class="quiet">
              <Time at={at} />
            </span>
          </span>
        </li>
      ))}
      {missing > 0 ? (
        <li class="quiet">
          <Icon name="users" />
          <span safe>{t`Cần thêm ${missing} người duyệt, khác người soạn.`}</span>
        </li>
      ) : null}
    </ul>
  );
}

interface ReleaseProps {
  code: string;
  updatedAt: Date;
  /** How many are told at once. */
  now: number;
  staff: SignedIn;
}

/** One press for an emergency: it has been read on this page. */
export const Release = ({ code, updatedAt, now, staff }: ReleaseProps) => (
  <section class="urgent" aria-label={t`Khẩn cấp, chờ duyệt`}>
    <p>
      <strong>{t`Tin khẩn cấp đang chờ anh/chị duyệt.`}</strong>{" "}
      <span safe>{t`Duyệt xong là phát ngay: ${now} người nhận liền, kể cả ban đêm.`}</span>
    </p>
    <Form action={`${ROOT}/${code}/release`} staff={staff}>
      <input type="hidden" name="seen" value={updatedAt.toISOString()} />
      <Submit icon="send" tone="danger">
        {t`Duyệt và phát ngay`}
      </Submit>
    </Form>
  </section>
);

/** On every page of who may approve. */
export function UrgentStrip({ notices }: { notices: Awaited<ReturnType<typeof urgentFor>> }) {
  return (
    <>
      {notices.map(({ code, title, unit, author }) => (
        <a class="urgent-line" href={`${ROOT}/${code}`}>
          <Icon name="alert-triangle" />
          <span>
            <strong>{t`Khẩn cấp, chờ duyệt:`}</strong> <span safe>{title}</span>{" "}
            <span safe>{`(${[unit.name, author?.name].filter(Boolean).join(", ")})`}</span>
          </span>
        </a>
      ))}
    </>
  );
}

interface CommentsProps {
  code: string;
  comments: Comment[];
  staff: SignedIn;
}

export function CommentsCard({ code, comments, staff }: CommentsProps) {
  const writes = may(staff.role, "announcements.write");
  return (
    <Card title={t`Ý kiến nội bộ`} id="comments">
      {comments.length === 0 ? <p class="quiet">{t`Chưa có ý kiến nào.`}</p> : null}
      <ol class="comments">
        {comments.map(({ staff: by, at, text }) => (
          <li>
            <p class="comment-head">
              <strong safe>{by.name}</strong>{" "}
              <Badge>{(<span safe>{roleName(by.role)}</span>) as "safe"}</Badge>{" "}
              <span class="quiet">
                <Time at={at} />
              </span>
            </p>
            <p class="kept-lines" safe>
              {text}
            </p>
          </li>
        ))}
      </ol>
      {writes ? (
        <Form action={`${ROOT}/${code}/comments`} staff={staff}>
          <TextArea name="text" label={t`Ghi ý kiến`} rows={2} required />
          <Submit tone="plain">{t`Gửi ý kiến`}</Submit>
        </Form>
      ) : null}
    </Card>
  );
}
