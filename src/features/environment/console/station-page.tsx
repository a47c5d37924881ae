/** One station: the last value, the last days as residents are shown them, what was warned of. */
import { t } from "../../../bilingual/index.ts";
import { Card, Empty, Facts, LinkButton, OutOfUse, Time } from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { figure } from "../answer.ts";
import type { StationKind } from "../store.ts";
import { clearsAt } from "../warning.ts";
import { ConditionBadge } from "./list-page.tsx";
import { conditionOf } from "./silence.ts";
import type { WholeStation } from "./store.ts";
import { KIND_NAMES, ROOT } from "./words.ts";

interface StationPageProps {
  station: WholeStation;
  unitName: string;
  now: Date;
  staff: SignedIn;
}

export function StationPage({ station, unitName, now, staff }: StationPageProps) {
  const { code, name, kind, unit, source, readings, warnFrom, warnsLow, latitude, longitude } = station;
  const last = readings.at(-1) ?? null;
  const bar = (value: number) => `${warnsLow ? "≤" : "≥"} ${figure(value)} ${unit}`;
  return (
    <div class="columns">
      <Card title={t`Số đo`}>
        {last && readings.length > 2 ? (
          <img
            class="station-chart"
            src={`${ROOT}/${code}/chart.png`}
            alt={t`Biểu đồ ba ngày gần nhất của ${name}`}
          />
        ) : (
          <Empty icon="chart-bar" title={t`Chưa đủ số đo để vẽ`}>
            <p safe>{t`Máy đo gửi tới /api/readings hoặc qua MQTT với mã ${code}.`}</p>
          </Empty>
        )}
      </Card>
      <div class="stack">
        <Card
          title={t`Trạm`}
          actions={may(staff.role, "environment.edit") ? <Deeds station={station} staff={staff} /> : null}
        >
          <Facts
            of={[
              [t`Tình trạng`, <ConditionBadge condition={conditionOf({ ...station, last }, now)} />],
              [t`Số đo mới nhất`, last ? <strong safe>{`${figure(last.value)} ${unit}`}</strong> : null],
              [t`Đo lúc`, last ? <Time at={last.at} /> : null],
              [t`Loại`, t.of(KIND_NAMES[kind as StationKind])],
              [t`Mức cảnh báo`, warnFrom === null ? t`không có` : <span safe>{bar(warnFrom)}</span>],
              [
                t`Hết cảnh báo khi`,
                warnFrom === null ? null : (
                  <span safe>{`${warnsLow ? ">" : "<"} ${figure(clearsAt(station))} ${unit}`}</span>
                ),
              ],
              [t`Soạn tin cho`, <span safe>{unitName}</span>],
              [t`Vị trí`, <span safe>{`${latitude}, ${longitude}`}</span>],
              [t`Nguồn`, <span safe>{source}</span>],
            ]}
          />
        </Card>
        <Card title={t`Các lần tới mức cảnh báo`}>
          {station.warnings.length === 0 ? <p>{t`Chưa có lần nào.`}</p> : null}
          <ul class="lines">
            {station.warnings.map(({ at, value, announcementCode }) => (
              <li class="line">
                <span class="line-words">
                  <strong safe>{`${figure(value)} ${unit}`}</strong>
                  <Time at={at} />
                </span>
                {announcementCode && may(staff.role, "announcements.see") ? (
                  <a href={`/console/announcements/${announcementCode}`}>{t`Tin đã soạn`}</a>
                ) : null}
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
}

function Deeds({ station, staff }: Pick<StationPageProps, "station" | "staff">) {
  const here = `${ROOT}/${station.code}`;
  return (
    <div class="row-actions">
      <LinkButton href={`${here}/edit`} icon="pencil" tone="primary">
        {t`Sửa`}
      </LinkButton>
      <OutOfUse
        here={here}
        isOut={station.offAt !== null}
        staff={staff}
        out={{
          deed: "off",
          label: t`Tắt`,
          title: t`Tắt trạm này?`,
          text: t`Trợ lý không đọc số đo và không cảnh báo theo trạm này. Số đo gửi về vẫn giữ.`,
        }}
        back={{
          deed: "on",
          label: t`Bật lại`,
          title: t`Bật lại trạm này?`,
          text: t`Người dân lại được nghe số đo, và được cảnh báo khi tới mức.`,
        }}
      />
    </div>
  );
}
