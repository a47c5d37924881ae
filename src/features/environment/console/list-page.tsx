/** The stations of one's units: what each measured last, which are over their bar, which are not heard of. */
import { t, vi, type Ours } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Empty,
  Table,
  Tabs,
  Time,
  type Column,
  type Tone,
} from "../../../console/components/index.ts";
import { PinBoard, type MapParts } from "../../../console/components/pin.tsx";
import { figure } from "../answer.ts";
import { conditionOf, stationSilence, type Condition } from "./silence.ts";
import type { StationKind } from "../store.ts";
import type { ListedStation } from "./store.ts";
import { KIND_NAMES, ROOT } from "./words.ts";

const CONDITIONS: Record<Condition, [Tone, Ours]> = {
  off: ["quiet", vi`đang tắt`],
  unheard: ["quiet", vi`chưa gửi số nào`],
  lost: ["bad", vi`mất liên lạc`],
  past: ["warn", vi`tới mức cảnh báo`],
  fine: ["good", vi`bình thường`],
};

export function ConditionBadge({ condition }: { condition: Condition }) {
  const [tone, name] = CONDITIONS[condition];
  return (
    <Badge tone={tone}>
      <span>{t.of(name)}</span>
    </Badge>
  );
}

export function Ways({ here }: { here: "stations" | "lamps" }) {
  return (
    <Tabs
      label={t`Trạm đo và trụ đèn`}
      tabs={[
        { href: ROOT, label: t`Trạm đo`, active: here === "stations" },
        { href: `${ROOT}/lamps`, label: t`Trụ đèn`, active: here === "lamps" },
      ]}
    />
  );
}

interface ListPageProps {
  stations: ListedStation[];
  map: MapParts;
  now: Date;
}

export function ListPage({ stations, map, now }: ListPageProps) {
  const pins = stations.map((station) => ({
    ...{ latitude: station.latitude, longitude: station.longitude, label: station.name },
    ...{ tone: CONDITIONS[conditionOf(station, now)][0], href: `${ROOT}/${station.code}` },
  }));
  return (
    <>
      <Ways here="stations" />
      {pins.length > 0 ? <PinBoard pins={pins} map={map} label={t`Bản đồ các trạm đo`} /> : null}
      <Card flush>
        <Table
          caption={t`Trạm đo`}
          columns={columns(now)}
          rows={stations}
          empty={
            <Empty icon="chart-bar" title={t`Chưa có trạm nào`}>
              <p>{t`Thêm trạm với đúng mã mà máy đo gửi về, qua HTTP hoặc MQTT.`}</p>
            </Empty>
          }
        />
      </Card>
      <p class="quiet" safe>
        {t`Mất liên lạc: im quá ${stationSilence.value.hours} giờ, đổi ở Thiết lập.`}
      </p>
    </>
  );
}

const columns = (now: Date): Column<ListedStation>[] => [
  {
    title: t`Trạm`,
    cell: ({ code, name, kind }) => (
      <>
        <a href={`${ROOT}/${code}`} safe>
          {name}
        </a>
        <div class="quiet" safe>
          {`${t.of(KIND_NAMES[kind as StationKind])} · ${code}`}
        </div>
      </>
    ),
  },
  { title: t`Tình trạng`, cell: (station) => <ConditionBadge condition={conditionOf(station, now)} /> },
  {
    title: t`Số đo mới nhất`,
    align: "right",
    cell: ({ last, unit }) => (last ? <span safe>{`${figure(last.value)} ${unit}`}</span> : ""),
  },
  { title: t`Đo lúc`, cell: ({ last }) => (last ? <Time at={last.at} /> : "") },
  {
    title: t`Mức cảnh báo`,
    align: "right",
    cell: ({ warnFrom, warnsLow, unit }) =>
      warnFrom === null ? (
        <span class="quiet">{t`không có`}</span>
      ) : (
        <span safe>{`${warnsLow ? "≤" : "≥"} ${figure(warnFrom)} ${unit}`}</span>
      ),
  },
];
