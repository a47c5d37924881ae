/** The cover and the files of a draft, to add and to take away; what goes with a notice, to look at. */
import { t } from "../../../bilingual/index.ts";
import { Card, Confirm, Form, Icon, Submit, TextField } from "../../../console/components/index.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { ROOT } from "../console/words.ts";
import type { SignedFile } from "../signatures/index.ts";
import { SignatureLines } from "../signatures/lines.tsx";
import { MOST_FILES } from "./store.ts";

interface FilesCardProps {
  code: string;
  cover: { hash: string | null; alt: string };
  files: SignedFile[];
  /** Only a draft is changed. */
  mayChange: boolean;
  staff: SignedIn;
  /** Comes with the first keeping of a draft, in place of what stood there. */
  anew?: boolean;
}

const PICTURES = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/avif";

/** Sent without leaving the page, so that nothing typed beside it is lost; without scripts the page comes anew. */
const IN_PLACE = {
  "hx-boost": "true",
  "hx-target": "#files",
  "hx-select": "#files",
  "hx-select-oob": "#flashes,#preview",
  "hx-swap": "outerHTML show:none",
  "hx-push-url": "false",
} as const;

export function FilesCard({ code, cover, files, mayChange, staff, anew }: FilesCardProps) {
  const path = `${ROOT}/${code}`;
  const isEmpty = !cover.hash && files.length === 0;
  return (
    <div id="files" {...IN_PLACE} hx-swap-oob={anew ? "true" : undefined}>
      <Card title={t`Ảnh bìa và tệp kèm theo`}>
        {cover.hash ? (
          <figure class="cover">
            <img src={`${path}/cover?${cover.hash.slice(0, 8)}`} alt={cover.alt} />
            <figcaption class="quiet" safe>
              {cover.alt}
            </figcaption>
          </figure>
        ) : null}
        {mayChange ? (
          <details class="upload" open={!cover.hash}>
            <summary>{cover.hash ? t`Đổi ảnh bìa` : t`Thêm ảnh bìa`}</summary>
            <Form action={`${path}/cover`} staff={staff} upload>
              <label class="form-label" for="field-cover">
                {t`Hình`}
              </label>
              <input
                id="field-cover"
                class="form-control"
                type="file"
                name="cover"
                accept={PICTURES}
                required
              />
              <TextField
                name="alt"
                label={t`Trong hình có gì`}
                value={cover.alt}
                help={t`Đọc lên cho người không nhìn thấy hình.`}
                required
                maxlength={200}
              />
              <Submit tone="plain" icon="file-plus">
                {t`Dùng hình này`}
              </Submit>
            </Form>
          </details>
        ) : null}
        {mayChange && cover.hash ? (
          <Form action={`${path}/cover/remove`} staff={staff}>
            <Submit tone="plain" small>
              {t`Bỏ ảnh bìa`}
            </Submit>
          </Form>
        ) : null}
        {isEmpty && !mayChange ? <p class="quiet">{t`Không có.`}</p> : null}
        <Files {...{ path, files, mayChange, staff }} />
        {mayChange && files.length < MOST_FILES ? (
          <Form action={`${path}/files`} staff={staff} upload>
            <label class="form-label" for="field-files">
              {t`Văn bản PDF, hình kèm theo`}
            </label>
            <div class="upload-row">
              <input
                id="field-files"
                class="form-control"
                type="file"
                name="files"
                accept={`application/pdf,${PICTURES}`}
                multiple
                required
              />
              <Submit tone="plain" icon="file-plus">
                {t`Thêm tệp`}
              </Submit>
            </div>
            <p class="field-help">{t`Mỗi tệp tối đa 12 MB. Văn bản đã ký số giữ nguyên chữ ký.`}</p>
          </Form>
        ) : null}
      </Card>
    </div>
  );
}

type FilesProps = Pick<FilesCardProps, "files" | "mayChange" | "staff"> & { path: string };

function Files({ path, files, mayChange, staff }: FilesProps) {
  if (files.length === 0) return <></>;
  return (
    <ul class="file-list" aria-label={t`Tệp kèm theo`}>
      {files.map(({ id, name, media, signatures }) => (
        <li>
          <Icon name="file-text" />
          <span class="file-words">
            <a href={`${path}/files/${id}`} safe>
              {name}
            </a>
            <span class="quiet" safe>
              {sizeOf(media.bytes)}
            </span>
            {signatures ? <SignatureLines signatures={signatures} /> : null}
          </span>
          {mayChange ? (
            <Confirm
              id={`remove-file-${id}`}
              action={`${path}/files/${id}/remove`}
              staff={staff}
              label={t`Bỏ`}
              title={t`Bỏ tệp này?`}
              text={name}
              small
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** "1,2 MB", "340 KB". */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`;
  return `${(bytes / 1_000_000).toLocaleString("vi-VN", { maximumFractionDigits: 1 })} MB`;
}

/** Before there is a draft to put them on. */
export const FilesLater = () => (
  <div id="files">
    <p class="quiet">{t`Gõ vài chữ tiêu đề xong là thêm được ảnh bìa và tệp kèm theo.`}</p>
  </div>
);
