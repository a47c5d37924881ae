/** The street lamps of one's units and what they tell of themselves. */
import { t } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Empty,
  Pagination,
  SearchField,
  SelectField,
  Submit,
  Table,
  Time,
  type Column,
} from "../../../console/components/index.ts";
import { PinBoard, type MapParts } from "../../../console/components/pin.tsx";
import type { Lamp, LampState } from "../lamps/store.ts";
import { Ways } from "./list-page.tsx";
import { LAMP_STATES, ROOT } from "./words.ts";

export const PAGE = 100;

interface LampPageProps {
  query: { words: string; state: string; page: number };
  lamps: Lamp[];
  total: number;
  map: MapParts;
}

const TONES = { fault: "bad", ok: "good", silent: "quiet" } as const;
const stateOf = ({ state }: Lamp) => (state as LampState | null) ?? "silent";

export function LampPage({ query, lamps, total, map }: LampPageProps) {
  const { words, state, page } = query;
  const here = `${ROOT}/lamps`;
  const pins = lamps.flatMap((lamp) =>
    lamp.latitude === null || lamp.longitude === null
      ? []
      : [
          {
            ...{ latitude: lamp.latitude, longitude: lamp.longitude, tone: TONES[stateOf(lamp)] },
            ...{
              label: `${lamp.code}: ${t.of(LAMP_STATES[stateOf(lamp)])}`,
              href: `${here}?q=${encodeURIComponent(lamp.code)}`,
            },
          },
        ],
  );
  return (
    <>
      <Ways here="lamps" />
      <form class="filters" method="get" action={here}>
        <SearchField value={words} placeholder={t`Mã trụ hoặc tên đường`} />
        <SelectField
          name="state"
          label={t`Tình trạng`}
          value={state}
          options={[
            { value: "", label: t`Tất cả` },
            ...Object.entries(LAMP_STATES).map(([value, label]) => ({ value, label: t.of(label) })),
          ]}
        />
        <Submit icon="search" tone="plain">
          {t`Lọc`}
        </Submit>
      </form>
      {pins.length > 0 ? <PinBoard pins={pins} map={map} label={t`Bản đồ trụ đèn`} /> : null}
      <Card flush title={t`${total} trụ đèn`}>
        <Table
          caption={t`Trụ đèn`}
          columns={columns()}
          rows={lamps}
          empty={
            <Empty icon="map-pin" title={t`Không có trụ đèn nào như vậy`}>
              <p>{t`Trụ đèn được nạp bằng lệnh: npm run import -- lamps TỆP.`}</p>
            </Empty>
          }
        />
        <Pagination
          page={page}
          pages={Math.max(1, Math.ceil(total / PAGE))}
          href={(number) => `${here}?${new URLSearchParams({ q: words, state, page: String(number) })}`}
        />
      </Card>
    </>
  );
}

const columns = (): Column<Lamp>[] => [
  { title: t`Mã trụ`, cell: ({ code }) => <strong safe>{code}</strong> },
  { title: t`Đường`, cell: ({ street }) => <span safe>{street ?? ""}</span> },
  {
    title: t`Tình trạng`,
    cell: (lamp) => (
      <Badge tone={TONES[stateOf(lamp)]}>
        <span>{t.of(LAMP_STATES[stateOf(lamp)])}</span>
      </Badge>
    ),
  },
  { title: t`Từ lúc`, cell: ({ since }) => (since ? <Time at={since} /> : "") },
  { title: t`Báo lần cuối`, cell: ({ toldAt }) => (toldAt ? <Time at={toldAt} /> : "") },
  {
    title: t`Phản ánh`,
    cell: ({ code }) => <a href={`/console/reports/list?q=${encodeURIComponent(code)}`}>{t`xem`}</a>,
  },
];
