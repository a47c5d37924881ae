/** Every state a procedure was in, each with what it changed, the newest first. */
import { t } from "../../../bilingual/index.ts";
import { Badge, Card, Confirm, Time } from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { changesBetween, type Change } from "../difference.ts";
import type { KeptVersion } from "../store.ts";
import { FIELD_NAMES, ORIGIN_NAMES, ROOT } from "./words.ts";

interface VersionsPageProps {
  code: string;
  /** The newest first. */
  versions: KeptVersion[];
  staff: SignedIn;
}

export function VersionsPage({ code, versions, staff }: VersionsPageProps) {
  return (
    <div class="procedure stack">
      {versions.map((version, at) => (
        <Version code={code} version={version} before={versions[at + 1]} isNewest={at === 0} staff={staff} />
      ))}
    </div>
  );
}

interface VersionProps {
  code: string;
  version: KeptVersion;
  before: KeptVersion | undefined;
  isNewest: boolean;
  staff: SignedIn;
}

function Version({ code, version: kept, before, isNewest, staff }: VersionProps) {
  const { version, origin, staffName, note, createdAt } = kept;
  return (
    <Card
      id={`v${version}`}
      title={t`Phiên bản ${version}`}
      actions={
        isNewest ? (
          <Badge tone="good">{t`đang dùng`}</Badge>
        ) : may(staff.role, "procedures.edit") ? (
          <Confirm
            id={`restore-${version}`}
            action={`${ROOT}/${code}/versions/${version}/restore`}
            staff={staff}
            label={t`Khôi phục`}
            icon="arrow-back-up"
            small
            title={t`Khôi phục phiên bản ${version}?`}
            text={t`Nội dung của phiên bản này được lưu thành phiên bản mới; không phiên bản nào mất đi.`}
          />
        ) : null
      }
    >
      <p class="quiet">
        <Time at={createdAt} /> · <span safe>{t.of(ORIGIN_NAMES[origin])}</span>
        {staffName ? <span safe>{` · ${staffName}`}</span> : null}
      </p>
      {note ? <p safe>{note}</p> : null}
      {before ? (
        <Difference changes={changesBetween(before.data, kept.data)} />
      ) : (
        <p>{t`Phiên bản đầu tiên.`}</p>
      )}
    </Card>
  );
}

export function Difference({ changes }: { changes: Change[] }) {
  if (changes.length === 0) return <p>{t`Nội dung giống phiên bản trước.`}</p>;
  return (
    <dl class="difference">
      {changes.map(({ field, lines }) => (
        <div>
          <dt safe>{t.of(FIELD_NAMES[field])}</dt>
          {lines.map((line) => (
            <dd class={line.startsWith("+") ? "come" : line.startsWith("−") ? "gone" : ""} safe>
              {line}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
