/** The offices of one's units, found by words, kind and ward; what is not known of each stands out. */
import { t } from "../../../bilingual/index.ts";
import {
  Badge,
  Card,
  Empty,
  SearchField,
  SelectField,
  Submit,
  Table,
  type Column,
} from "../../../console/components/index.ts";
import { PinBoard, type MapParts } from "../../../console/components/pin.tsx";
import { foldDiacritics } from "../../../language/index.ts";
import type { KeptOffice } from "./store.ts";
import { ALL_WARDS, KIND_NAMES, ROOT } from "./words.ts";

export interface OfficeQuery {
  q: string;
  kind: string;
  ward: string;
}

/** Every word somewhere in its name, its other names, address or phone, with or without diacritics. */
export function filtered(offices: KeptOffice[], { q, kind, ward }: OfficeQuery): KeptOffice[] {
  const words = foldDiacritics(q.toLowerCase()).split(/\s+/).filter(Boolean);
  return offices.filter((office) => {
    if ((kind && office.kind !== kind) || (ward && (office.ward ?? ALL_WARDS) !== ward)) return false;
    const { name, code, aliases, address, phone } = office;
    const text = foldDiacritics([name, code, ...aliases, address, phone].join(" ").toLowerCase());
    return words.every((word) => text.includes(word));
  });
}

interface ListPageProps {
  query: OfficeQuery;
  found: KeptOffice[];
  /** "Phường An Hội" …, and that of offices for all. */
  wards: string[];
  map: MapParts;
}

export function ListPage({ query, found, wards, map }: ListPageProps) {
  const pins = found.flatMap(({ latitude, longitude, code, name }) =>
    latitude === null || longitude === null
      ? []
      : [{ latitude, longitude, label: name, tone: "good" as const, href: `${ROOT}/${code}` }],
  );
  return (
    <>
      <form class="filters" method="get" action={ROOT}>
        <SearchField
          value={query.q}
          placeholder={t`Tên, địa chỉ hoặc số điện thoại; có dấu hay không đều được`}
        />
        <SelectField
          name="kind"
          label={t`Loại`}
          value={query.kind}
          options={orAll(Object.entries(KIND_NAMES).map(([value, label]) => ({ value, label: t.of(label) })))}
        />
        <SelectField
          name="ward"
          label={t`Phường`}
          value={query.ward}
          options={orAll(wards.map((ward) => ({ value: ward, label: t.of(ward) })))}
        />
        <Submit icon="search" tone="plain">
          {t`Lọc`}
        </Submit>
      </form>
      {pins.length > 0 ? <PinBoard pins={pins} map={map} label={t`Bản đồ các cơ quan đã ghim`} /> : null}
      <Card flush title={t`${found.length} cơ quan`}>
        <Table
          caption={t`Cơ quan`}
          columns={columns()}
          rows={found}
          empty={
            <Empty icon="map-pin" title={t`Không có cơ quan nào như vậy`}>
              <p>{t`Bớt điều kiện lọc, hoặc thêm cơ quan mới.`}</p>
            </Empty>
          }
        />
      </Card>
    </>
  );
}

const orAll = (options: { value: string; label: string }[]) => [{ value: "", label: t`Tất cả` }, ...options];

const columns = (): Column<KeptOffice>[] => [
  {
    title: t`Cơ quan`,
    cell: ({ code, name, kind, ward, withdrawnAt }) => (
      <>
        <a href={`${ROOT}/${code}`} safe>
          {name}
        </a>{" "}
        {withdrawnAt ? <Badge>{t`đã rút`}</Badge> : null}
        <div class="quiet" safe>
          {`${t.of(KIND_NAMES[kind])} · ${ward ?? t.of(ALL_WARDS)}`}
        </div>
      </>
    ),
  },
  { title: t`Địa chỉ`, cell: ({ address }) => known(address) },
  { title: t`Điện thoại`, cell: ({ phone }) => known(phone) },
  { title: t`Giờ riêng`, cell: ({ hours }) => (hours ? t`có` : <span class="quiet">{t`giờ chung`}</span>) },
  { title: t`Ghim`, cell: ({ latitude }) => (latitude === null ? <Missing /> : t`có`) },
  { title: t`Số liệu tính đến`, cell: ({ asOf }) => <span safe>{asOf}</span> },
];

const known = (text: string | null) => (text ? <span safe>{text}</span> : <Missing />);

const Missing = () => (
  <Badge tone="warn">
    <span>{t`chưa có`}</span>
  </Badge>
);
