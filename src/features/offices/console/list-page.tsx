/** The offices of one's units, found by words, kind and ward; what is not known of each stands out. */
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
          placeholder="Tên, địa chỉ hoặc số điện thoại; có dấu hay không đều được"
        />
        <SelectField
          name="kind"
          label="Loại"
          value={query.kind}
          options={orAll(Object.entries(KIND_NAMES).map(([value, label]) => ({ value, label })))}
        />
        <SelectField
          name="ward"
          label="Phường"
          value={query.ward}
          options={orAll(wards.map((ward) => ({ value: ward, label: ward })))}
        />
        <Submit icon="search" tone="plain">
          Lọc
        </Submit>
      </form>
      {pins.length > 0 ? <PinBoard pins={pins} map={map} label="Bản đồ các cơ quan đã ghim" /> : null}
      <Card flush title={`${found.length} cơ quan`}>
        <Table
          caption="Cơ quan"
          columns={columns}
          rows={found}
          empty={
            <Empty icon="map-pin" title="Không có cơ quan nào như vậy">
              <p>Bớt điều kiện lọc, hoặc thêm cơ quan mới.</p>
            </Empty>
          }
        />
      </Card>
    </>
  );
}

const orAll = (options: { value: string; label: string }[]) => [{ value: "", label: "Tất cả" }, ...options];

const columns: Column<KeptOffice>[] = [
  {
    title: "Cơ quan",
    cell: ({ code, name, kind, ward, withdrawnAt }) => (
      <>
        <a href={`${ROOT}/${code}`} safe>
          {name}
        </a>{" "}
        {withdrawnAt ? <Badge>đã rút</Badge> : null}
        <div class="quiet" safe>
          {`${KIND_NAMES[kind]} · ${ward ?? ALL_WARDS}`}
        </div>
      </>
    ),
  },
  { title: "Địa chỉ", cell: ({ address }) => known(address) },
  { title: "Điện thoại", cell: ({ phone }) => known(phone) },
  { title: "Giờ riêng", cell: ({ hours }) => (hours ? "có" : <span class="quiet">giờ chung</span>) },
  { title: "Ghim", cell: ({ latitude }) => (latitude === null ? <Missing /> : "có") },
  { title: "Số liệu", cell: ({ asOf }) => <span safe>{asOf}</span> },
];

const known = (text: string | null) => (text ? <span safe>{text}</span> : <Missing />);

const Missing = () => (
  <Badge tone="warn">
    <span>chưa có</span>
  </Badge>
);
