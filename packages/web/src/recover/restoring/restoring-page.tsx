import "../../contain/containment-page.css";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { incidentQuery } from "../../api/queries.ts";
import { PasswordSection } from "./password-section.tsx";
import { RestoreSection } from "./restore-section.tsx";

/** What affected hosts get back: data from a restore point that is clean, and accounts with new passwords. */
export function RestoringPage() {
  const { incident: id } = useParams({ from: "/in/incidents/$incident" });
  const { data: incident } = useQuery(incidentQuery(id));
  const open = incident?.status === "reported" || incident?.status === "declared";
  return (
    <div className="containment">
      <RestoreSection incident={id} open={open} />
      <PasswordSection incident={id} open={open} />
    </div>
  );
}
