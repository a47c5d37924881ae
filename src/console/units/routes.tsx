/** The tree of units: to see, to search, and for an admin to add to and rename. */
import type { Router } from "express";
import { z } from "zod";
import { t, vi } from "../../bilingual/index.ts";
import type { Db } from "../../infra/db.ts";
import { audit } from "../audit/audit.ts";
import {
  Card,
  Empty,
  Form,
  LinkButton,
  SearchField,
  SelectField,
  Submit,
  TextField,
  type Errors,
  type Option,
} from "../components/index.ts";
import { done, showPage } from "../page.tsx";
import { notFound } from "../problems.ts";
import { one, readForm } from "../read-form.ts";
import { may } from "../rights.ts";
import { consoleRoutes } from "../routes.ts";
import type { SignedIn } from "../signed-in.ts";
import { readTree, search, unitOptions, type UnitNode } from "./tree.ts";

const unitForm = z.object({
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9-]{1,39}$/, vi`Mã gồm chữ không dấu, số và gạch nối, ví dụ KP-3-AN-HOI.`),
  name: z
    .string()
    .trim()
    .min(1, vi`Cần có tên đơn vị.`)
    .max(120, vi`Tên dài quá.`),
  parent: z.string(),
  areaCode: z.string().trim().max(10),
  approvals: z.enum(["1", "2"]).transform(Number).optional(),
});

export function unitRoutes(db: Db): Router {
  const routes = consoleRoutes();

  routes.get("/", "units.see", async (request, response, staff) => {
    const words = one(request.query.q);
    const tree = search(await readTree(db, staff.units), words);
    const actions = may(staff.role, "units.manage") ? (
      <LinkButton href="/console/units/new" icon="plus" tone="primary">
        {t`Thêm đơn vị`}
      </LinkButton>
    ) : undefined;
    const page = { title: t`Đơn vị^menu`, actions };
    await showPage(request, response, page, <UnitTree tree={tree} words={words} staff={staff} />);
  });

  routes.get("/new", "units.manage", async (request, response, staff) => {
    await showForm(request, response, staff, null, {});
  });

  routes.post("/new", "units.manage", async (request, response, staff) => {
    const form = readForm(unitForm, request);
    const errors: Errors = form.errors ?? {};
    if (form.data && (await db.unit.findUnique({ where: { code: form.data.code } })))
      errors.code = t`Mã này đã có đơn vị dùng.`;
    if (!form.data || errors.code) return showForm(request, response, staff, null, form.values, errors);
    const { code, name, parent, areaCode, approvals } = form.data;
    if (!staff.units.includes(parent)) throw notFound();
    await db.$transaction(async (tx) => {
      await tx.unit.create({
        data: { code, name, parentCode: parent, areaCode: areaCode || null, approvals: approvals ?? 1 },
      });
      await audit(tx, staff, "unit.add", `unit:${code}`);
    });
    done(request, response, "/console/units", t`Đã thêm ${name}.`);
  });

  routes.get("/:code", "units.manage", async (request, response, staff) => {
    const unit = await db.unit.findUnique({ where: { code: one(request.params.code) } });
    if (!unit) throw notFound();
    const { code, name, parentCode, areaCode, approvals } = unit;
    await showForm(request, response, staff, code, {
      ...{ code, name, parent: parentCode ?? "", areaCode: areaCode ?? "", approvals: String(approvals) },
    });
  });

  routes.post("/:code", "units.manage", async (request, response, staff) => {
    const code = one(request.params.code);
    const form = readForm(unitForm.omit({ code: true, parent: true }), request);
    if (!(await db.unit.findUnique({ where: { code } }))) throw notFound();
    if (!form.data) return showForm(request, response, staff, code, form.values, form.errors);
    const { name, areaCode, approvals } = form.data;
    await db.$transaction(async (tx) => {
      await tx.unit.update({
        where: { code },
        data: { name, areaCode: areaCode || null, ...(approvals ? { approvals } : {}) },
      });
      await audit(tx, staff, "unit.change", `unit:${code}`, approvals ? { approvals } : undefined);
    });
    done(request, response, "/console/units", t`Đã lưu.`);
  });

  async function showForm(
    request: Parameters<typeof showPage>[0],
    response: Parameters<typeof showPage>[1],
    staff: SignedIn,
    code: string | null,
    values: Record<string, string>,
    errors: Errors = {},
  ) {
    if (Object.keys(errors).length > 0) response.status(422);
    const options = unitOptions(await readTree(db, staff.units));
    const breadcrumbs = [{ label: t`Đơn vị^menu`, href: "/console/units" }];
    const title = code ? (values.name ?? code) : t`Thêm đơn vị`;
    const body = <UnitForm code={code} values={values} errors={errors} options={options} staff={staff} />;
    await showPage(request, response, { title, width: "text", breadcrumbs }, body);
  }

  return routes.router;
}

function UnitTree({ tree, words, staff }: { tree: UnitNode[]; words: string; staff: SignedIn }) {
  return (
    <>
      <form class="filters" method="get" action="/console/units">
        <SearchField label={t`Tìm đơn vị`} value={words} placeholder={t`Tên hoặc mã, có dấu hay không dấu`} />
        <Submit tone="plain" icon="search">
          {t`Tìm`}
        </Submit>
      </form>
      <Card flush>
        {tree.length > 0 ? (
          <Branch nodes={tree} isOpen={words !== ""} depth={0} mayChange={may(staff.role, "units.manage")} />
        ) : (
          <Empty icon="building" title={t`Không có đơn vị nào khớp`} />
        )}
      </Card>
    </>
  );
}

interface BranchProps {
  nodes: UnitNode[];
  /** Found by words: shown down to where they are. */
  isOpen: boolean;
  depth: number;
  mayChange: boolean;
}

function Branch({ nodes, isOpen, depth, mayChange }: BranchProps) {
  return (
    <ul class="tree">
      {nodes.map((node) => (
        <li>
          {node.children.length > 0 ? (
            <details open={isOpen || depth === 0}>
              <summary>
                <UnitLine node={node} mayChange={false} />
              </summary>
              {mayChange ? (
                <a class="tree-edit" href={`/console/units/${node.code}`}>
                  <span safe>{t`Sửa ${node.name}`}</span>
                </a>
              ) : null}
              <Branch nodes={node.children} isOpen={isOpen} depth={depth + 1} mayChange={mayChange} />
            </details>
          ) : (
            <div class="tree-leaf">
              <UnitLine node={node} mayChange={mayChange} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function UnitLine({ node, mayChange }: { node: UnitNode; mayChange: boolean }) {
  const { code, name, accounts, staff } = node;
  return (
    <span class="tree-line">
      {mayChange ? (
        <a href={`/console/units/${code}`} safe>
          {name}
        </a>
      ) : (
        <span safe>{name}</span>
      )}
      <code safe>{code}</code>
      <span class="quiet">{t.html`${accounts} tài khoản · ${staff} cán bộ`}</span>
    </span>
  );
}

interface UnitFormProps {
  code: string | null;
  values: Record<string, string>;
  errors: Errors;
  options: Option[];
  staff: SignedIn;
}

function UnitForm({ code, values, errors, options, staff }: UnitFormProps) {
  return (
    <Card>
      <Form action={code ? `/console/units/${code}` : "/console/units/new"} staff={staff}>
        <TextField name="name" label={t`Tên đơn vị`} value={values.name} error={errors.name} required />
        {code ? null : (
          <>
            <TextField
              name="code"
              label={t`Mã`}
              value={values.code}
              error={errors.code}
              help={t`Dùng khi nhập dữ liệu và gõ lệnh; đặt rồi không đổi.`}
              required
            />
            <SelectField
              name="parent"
              label={t`Trực thuộc`}
              value={values.parent}
              options={options}
              error={errors.parent}
            />
          </>
        )}
        <TextField
          name="areaCode"
          label={t`Mã đơn vị hành chính`}
          value={values.areaCode}
          error={errors.areaCode}
          help={t`Chỉ phường, xã mới có.`}
          inputmode="numeric"
        />
        <SelectField
          name="approvals"
          label={t`Duyệt thông báo`}
          value={values.approvals}
          options={[
            { value: "1", label: t`Một người duyệt` },
            { value: "2", label: t`Hai người duyệt` },
          ]}
          help={t`Ngoài người soạn. Tin khẩn cấp luôn cần một người.`}
        />
        <Submit>{t`Lưu`}</Submit>
      </Form>
    </Card>
  );
}
