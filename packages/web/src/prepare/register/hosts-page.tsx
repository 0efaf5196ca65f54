import "../../ui/table.css";
import "../../ui/filter.css";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatchRoute, useNavigate, useSearch } from "@tanstack/react-router";
import { read } from "../../api/call.ts";
import { useMay } from "../../api/queries.ts";
import { useListKeys } from "../../shell/list-keys.ts";
import { Load } from "../../shell/load.tsx";
import { SearchField } from "../../shell/search-field.tsx";
import { saveText } from "../../shell/start-download.ts";
import { Button, buttonLooks } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { MoreRows } from "../../ui/more-rows.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Side } from "../../ui/side.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { type Asset, assetPagesQuery } from "./register-queries.ts";
import { CRITICALITY_WORDS, KIND_WORDS } from "./words.ts";

/** What stands where, whose it is and how much depends on it; the filters are in the address. */
export function HostsPage() {
  const filter = useSearch({ from: "/in/hosts" });
  const navigate = useNavigate();
  const answer = useInfiniteQuery(assetPagesQuery(filter));
  const open = useMatchRoute()({ to: "/hosts" }) === false;
  const mayManage = useMay("asset.manage");
  const assets = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const look = (part: Partial<typeof filter>) =>
    void navigate({ to: "/hosts", search: { ...filter, ...part }, replace: true });
  return (
    <Side panel={open ? <Outlet /> : null}>
      <PageHead title="Hosts" under="What stands where, whose it is, and what depends on it.">
        <Link to="/networks" className={buttonLooks({ weight: "plain" })}>
          Networks and teams
        </Link>
        <Link to="/master-copies" className={buttonLooks({ weight: "plain" })}>
          Master copies
        </Link>
        <Link to="/backups" className={buttonLooks({ weight: "plain" })}>
          Backups
        </Link>
        {mayManage ? (
          <>
            <Button onClick={() => void exportAssets()}>Export</Button>
            <Link to="/hosts/import" search={filter} className={buttonLooks({})}>
              Import
            </Link>
            <Link
              to="/hosts/add"
              search={filter}
              className={buttonLooks({ weight: open ? "quiet" : "primary" })}
            >
              Add
            </Link>
          </>
        ) : null}
      </PageHead>
      <div className="side-filters">
        <SearchField
          label="A part of a name, address, owner or purpose"
          text={filter.text}
          onLook={(text) => look({ text })}
        />
        <div className="filter-row">
          {(Object.keys(KIND_WORDS) as Asset["kind"][]).map((kind) => (
            <Toggle
              key={kind}
              on={filter.kind === kind}
              onPress={() => look({ kind: filter.kind === kind ? undefined : kind })}
            >
              {KIND_WORDS[kind]}
            </Toggle>
          ))}
        </div>
        <div className="filter-row">
          {(["critical", "high"] as const).map((each) => (
            <Toggle
              key={each}
              on={filter.criticality === each}
              onPress={() => look({ criticality: filter.criticality === each ? undefined : each })}
            >
              {CRITICALITY_WORDS[each]}
            </Toggle>
          ))}
          <Toggle
            on={filter.retired === true}
            onPress={() => look({ retired: filter.retired ? undefined : true })}
          >
            Retired
          </Toggle>
        </div>
      </div>
      <Load answer={answer} label="hosts" rows={10}>
        {() =>
          assets.length > 0 ? (
            <AssetTable assets={assets} />
          ) : (
            <NoAssets filtered={filtered} mayManage={mayManage} />
          )
        }
      </Load>
      <MoreRows answer={answer} verb="Show more" />
    </Side>
  );
}

function AssetTable({ assets }: { readonly assets: readonly Asset[] }) {
  const navigate = useNavigate();
  const search = useSearch({ from: "/in/hosts" });
  const chosen = useListKeys(assets.length, (at) => {
    const asset = assets[at];
    if (asset) void navigate({ to: "/hosts/$asset", params: { asset: asset.id }, search });
  });
  return (
    <div className="table-wrap cards">
      <table className="table tall">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col">Address</th>
            <th scope="col">Criticality</th>
            <th scope="col">Owner</th>
            <th scope="col">Where</th>
          </tr>
        </thead>
        <tbody>
          {assets.map((asset, at) => (
            <tr key={asset.id} aria-selected={at === chosen}>
              <td>
                <Link to="/hosts/$asset" params={{ asset: asset.id }} search={search}>
                  <bdi>{asset.name}</bdi>
                </Link>
                {asset.production ? <span className="meta"> · production</span> : null}
              </td>
              <td>{KIND_WORDS[asset.kind]}</td>
              <td className="mono">
                {asset.addresses[0] ?? ""}
                {asset.addresses.length > 1 ? (
                  <span className="meta"> and {asset.addresses.length - 1} more</span>
                ) : null}
              </td>
              <td>{CRITICALITY_WORDS[asset.criticality]}</td>
              <td>{asset.ownerName}</td>
              <td>{[asset.segmentName, asset.constituentName].filter((name) => name !== "").join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NoAssets({ filtered, mayManage }: { readonly filtered: boolean; readonly mayManage: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        title="Nothing fits these filters"
        verb={
          <Link to="/hosts" className={buttonLooks({})}>
            Show everything
          </Link>
        }
      />
    );
  }
  return (
    <EmptyState
      title="Nothing is in the register yet"
      verb={
        mayManage ? (
          <Link to="/hosts/import" className={buttonLooks({})}>
            Import a CSV file
          </Link>
        ) : null
      }
    >
      Hosts, services, accounts and network devices with their owners, so that a sign says at once whose it
      is. From the shell: jumpkit asset import.
    </EmptyState>
  );
}

async function exportAssets(): Promise<void> {
  const { csv } = await read<{ csv: string }>("/v1/asset/table");
  saveText("assets.csv", "text/csv", csv);
}
