import type { FetchQueryOptions, QueryClient, QueryKey } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { incidentQuery, itemsOfIncidentQuery, nowQuery } from "./api/queries.ts";
import { Refusal } from "./api/refusal.ts";
import { incidentFilterFrom } from "./detect/incident/incident-filter.ts";
import { triageSearchFrom } from "./detect/triage/triage-filter.ts";
import { itemVerbFrom } from "./document/evidence/item-verbs.ts";
import { newestQuery } from "./document/log/entries.ts";
import "./prepare/account/arrival.ts";
import { placeFrom } from "./learn/travel/travel-queries.ts";
import { contactFilterFrom } from "./prepare/contact/contact-queries.ts";
import { assetFilterFrom } from "./prepare/register/asset-filter.ts";
import { recoverySearchFrom } from "./recover/recovery-filter.ts";
import { openKept } from "./shell/kept.ts";
import { PageFault } from "./shell/page-fault.tsx";
import { PageMissing } from "./shell/page-missing.tsx";
import { Shell } from "./shell/shell.tsx";

const root = createRootRouteWithContext<{ readonly client: QueryClient }>()({ component: Outlet });

/** Asks, unless it is known already, while the page itself is still being loaded. */
function begin<Answer, Key extends QueryKey>(
  client: QueryClient,
  query: FetchQueryOptions<Answer, Error, Answer, Key>,
): void {
  void client.prefetchQuery({ ...query, staleTime: Number.POSITIVE_INFINITY });
}

/** The search parameter `name` where it holds text. */
function textOf(search: Record<string, unknown>, name: string): string | undefined {
  const value = search[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({
    next: textOf(search, "next"),
  }),
  component: lazyRouteComponent(() => import("./prepare/account/sign-in-page.tsx"), "SignInPage"),
});

const provider = createRoute({
  getParentRoute: () => root,
  path: "/sign-in/oidc",
  component: lazyRouteComponent(() => import("./prepare/account/provider-page.tsx"), "ProviderPage"),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./prepare/account/set-up-page.tsx"), "SetUpPage"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: lazyRouteComponent(() => import("./prepare/account/welcome-page.tsx"), "WelcomePage"),
});

/** Everything behind sign-in. */
const within = createRoute({
  getParentRoute: () => root,
  id: "in",
  beforeLoad: async ({ context, location }) => {
    try {
      await Promise.all([context.client.ensureQueryData(nowQuery), openKept()]);
    } catch (fault) {
      if (!(fault instanceof Refusal) || fault.status !== 401) throw fault;
      throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next: location.href } });
    }
  },
  component: Shell,
});

const now = createRoute({
  getParentRoute: () => within,
  path: "/",
  component: lazyRouteComponent(() => import("./detect/now/now-page.tsx"), "NowPage"),
});

const declare = createRoute({
  getParentRoute: () => within,
  path: "/declare",
  validateSearch: (search: Record<string, unknown>): { exercise?: string | undefined } => ({
    exercise: textOf(search, "exercise"),
  }),
  component: lazyRouteComponent(() => import("./detect/declare/declare-page.tsx"), "DeclarePage"),
});

const triage = createRoute({
  getParentRoute: () => within,
  path: "/triage",
  validateSearch: triageSearchFrom,
  component: lazyRouteComponent(() => import("./detect/triage/triage-page.tsx"), "TriagePage"),
});

const incidents = createRoute({
  getParentRoute: () => within,
  path: "/incidents",
  validateSearch: incidentFilterFrom,
  component: lazyRouteComponent(() => import("./detect/incident/incidents-page.tsx"), "IncidentsPage"),
});

const incident = createRoute({
  getParentRoute: () => within,
  path: "/incidents/$incident",
  validateSearch: placeFrom,
  loader: ({ context: { client }, params }) => {
    begin(client, incidentQuery(params.incident));
    begin(client, itemsOfIncidentQuery(params.incident));
  },
  component: lazyRouteComponent(() => import("./detect/incident/incident-page.tsx"), "IncidentPage"),
});

const log = createRoute({
  getParentRoute: () => incident,
  id: "log",
  loader: ({ context: { client }, params }) => begin(client, newestQuery(params.incident)),
  component: lazyRouteComponent(() => import("./document/log/log-page.tsx"), "LogPage"),
});

const summary = createRoute({
  getParentRoute: () => log,
  path: "/",
  component: lazyRouteComponent(() => import("./detect/incident/summary-panel.tsx"), "SummaryPanel"),
});

const facts = createRoute({
  getParentRoute: () => log,
  path: "/facts",
  component: lazyRouteComponent(() => import("./detect/incident/facts-panel.tsx"), "FactsPanel"),
});

const assessment = createRoute({
  getParentRoute: () => log,
  path: "/assessment",
  component: lazyRouteComponent(() => import("./detect/incident/assessment-panel.tsx"), "AssessmentPanel"),
});

const describe = createRoute({
  getParentRoute: () => log,
  path: "/describe",
  component: lazyRouteComponent(() => import("./detect/incident/describe-panel.tsx"), "DescribePanel"),
});

const entry = createRoute({
  getParentRoute: () => log,
  path: "/entries/$entry",
  component: lazyRouteComponent(() => import("./document/log/entry-panel.tsx"), "EntryPanel"),
});

const scope = createRoute({
  getParentRoute: () => log,
  path: "/scope",
  component: lazyRouteComponent(() => import("./detect/scope/scope-panel.tsx"), "ScopePanel"),
});

const close = createRoute({
  getParentRoute: () => log,
  path: "/close",
  component: lazyRouteComponent(() => import("./detect/incident/close-panel.tsx"), "ClosePanel"),
});

const caseFile = createRoute({
  getParentRoute: () => log,
  path: "/case-file",
  component: lazyRouteComponent(() => import("./document/case-file/case-file-panel.tsx"), "CaseFilePanel"),
});

const evidence = createRoute({
  getParentRoute: () => incident,
  path: "/evidence",
  component: lazyRouteComponent(
    () => import("./document/evidence/incident-evidence-page.tsx"),
    "IncidentEvidencePage",
  ),
});

const observables = createRoute({
  getParentRoute: () => incident,
  path: "/observables",
  component: lazyRouteComponent(() => import("./detect/observable/observables-page.tsx"), "ObservablesPage"),
});

const containment = createRoute({
  getParentRoute: () => incident,
  path: "/containment",
  component: lazyRouteComponent(() => import("./contain/containment-page.tsx"), "ContainmentPage"),
});

const restoring = createRoute({
  getParentRoute: () => incident,
  path: "/credentials",
  component: lazyRouteComponent(() => import("./recover/restoring/restoring-page.tsx"), "RestoringPage"),
});

const lessons = createRoute({
  getParentRoute: () => incident,
  path: "/lessons",
  component: lazyRouteComponent(() => import("./learn/lessons-page.tsx"), "LessonsPage"),
});

const cost = createRoute({
  getParentRoute: () => incident,
  path: "/cost",
  component: lazyRouteComponent(() => import("./learn/cost/cost-page.tsx"), "CostPage"),
});

const followup = createRoute({
  getParentRoute: () => incident,
  path: "/report",
  component: lazyRouteComponent(() => import("./learn/followup/followup-page.tsx"), "FollowupPage"),
});

const containmentNone = createRoute({
  getParentRoute: () => containment,
  path: "/",
  component: lazyRouteComponent(() => import("./contain/containment-page.tsx"), "NoIsolation"),
});

const requestIsolation = createRoute({
  getParentRoute: () => containment,
  path: "/request",
  validateSearch: (
    search: Record<string, unknown>,
  ): { asset?: string | undefined; name?: string | undefined } => ({
    asset: textOf(search, "asset"),
    name: textOf(search, "name"),
  }),
  component: lazyRouteComponent(() => import("./contain/isolation/request-panel.tsx"), "RequestPanel"),
});

const oneIsolation = createRoute({
  getParentRoute: () => containment,
  path: "/$isolation",
  component: lazyRouteComponent(() => import("./contain/isolation/isolation-panel.tsx"), "IsolationPanel"),
});

const workOrder = createRoute({
  getParentRoute: () => within,
  path: "/work-order/$incident/$isolation",
  component: lazyRouteComponent(() => import("./contain/isolation/work-order-page.tsx"), "WorkOrderPage"),
});

const checklists = createRoute({
  getParentRoute: () => incident,
  path: "/checklists",
  component: lazyRouteComponent(() => import("./detect/checklist/checklists-page.tsx"), "ChecklistsPage"),
});

const playbooks = createRoute({
  getParentRoute: () => within,
  path: "/playbooks",
  component: lazyRouteComponent(() => import("./prepare/playbook/playbooks-page.tsx"), "PlaybooksPage"),
});

const addPlaybook = createRoute({
  getParentRoute: () => playbooks,
  path: "/add",
  component: lazyRouteComponent(() => import("./prepare/playbook/playbook-form.tsx"), "AddPlaybookPanel"),
});

const playbook = createRoute({
  getParentRoute: () => playbooks,
  path: "/$playbook",
  component: lazyRouteComponent(() => import("./prepare/playbook/playbook-panel.tsx"), "PlaybookPanel"),
});

const draftPlaybook = createRoute({
  getParentRoute: () => playbooks,
  path: "/$playbook/draft",
  component: lazyRouteComponent(() => import("./prepare/playbook/playbook-form.tsx"), "DraftPlaybookPanel"),
});

const recovery = createRoute({
  getParentRoute: () => incident,
  path: "/recovery",
  validateSearch: recoverySearchFrom,
  component: lazyRouteComponent(() => import("./recover/recovery-page.tsx"), "RecoveryPage"),
});

const notify = createRoute({
  getParentRoute: () => incident,
  path: "/notify",
  component: lazyRouteComponent(() => import("./coordinate/notify/notify-page.tsx"), "NotifyPage"),
});

const composeNotification = createRoute({
  getParentRoute: () => incident,
  path: "/notify/draft",
  component: lazyRouteComponent(() => import("./coordinate/notify/compose-page.tsx"), "ComposePage"),
});

const oneNotification = createRoute({
  getParentRoute: () => incident,
  path: "/notify/$notification",
  component: lazyRouteComponent(
    () => import("./coordinate/notify/notification-page.tsx"),
    "NotificationPage",
  ),
});

const rewriteNotification = createRoute({
  getParentRoute: () => incident,
  path: "/notify/$notification/change",
  component: lazyRouteComponent(() => import("./coordinate/notify/compose-page.tsx"), "RewritePage"),
});

const recoveryRest = createRoute({ getParentRoute: () => recovery, path: "/", component: Outlet });

const takeOver = createRoute({
  getParentRoute: () => recovery,
  path: "/take-over",
  component: lazyRouteComponent(() => import("./recover/take-over-panel.tsx"), "TakeOverPanel"),
});

const gates = createRoute({
  getParentRoute: () => recovery,
  path: "/gates",
  component: lazyRouteComponent(() => import("./recover/gates-panel.tsx"), "GatesPanel"),
});

const recoveringHost = createRoute({
  getParentRoute: () => recovery,
  path: "/$host",
  component: lazyRouteComponent(() => import("./recover/host-panel.tsx"), "HostPanel"),
});

const recoverySheet = createRoute({
  getParentRoute: () => within,
  path: "/incidents/$incident/recovery/$host/sheet",
  component: lazyRouteComponent(() => import("./recover/sheet-page.tsx"), "SheetPage"),
});

const evidenceNone = createRoute({
  getParentRoute: () => evidence,
  path: "/",
  component: lazyRouteComponent(() => import("./document/evidence/no-item.tsx"), "NoItem"),
});

const takeEvidence = createRoute({
  getParentRoute: () => evidence,
  path: "/take",
  component: lazyRouteComponent(() => import("./document/evidence/take-form.tsx"), "TakeForm"),
});

const evidenceItem = createRoute({
  getParentRoute: () => evidence,
  path: "/$item",
  validateSearch: itemVerbFrom,
  component: lazyRouteComponent(() => import("./document/evidence/item-view.tsx"), "ItemView"),
});

const reports = createRoute({
  getParentRoute: () => within,
  path: "/reports",
  validateSearch: (search: Record<string, unknown>): { waiting?: "yes" | undefined } => ({
    waiting: search["waiting"] === "yes" ? "yes" : undefined,
  }),
  component: lazyRouteComponent(() => import("./detect/report/reports-page.tsx"), "ReportsPage"),
});

const enterReport = createRoute({
  getParentRoute: () => reports,
  path: "/add",
  component: lazyRouteComponent(() => import("./detect/report/enter-report-panel.tsx"), "EnterReportPanel"),
});

const oneReport = createRoute({
  getParentRoute: () => reports,
  path: "/$report",
  component: lazyRouteComponent(() => import("./detect/report/report-panel.tsx"), "ReportPanel"),
});

const allEvidence = createRoute({
  getParentRoute: () => within,
  path: "/evidence",
  component: lazyRouteComponent(() => import("./document/evidence/evidence-page.tsx"), "EvidencePage"),
});

const findItem = createRoute({
  getParentRoute: () => within,
  path: "/evidence/$item",
  component: lazyRouteComponent(() => import("./document/evidence/find-item.tsx"), "FindItem"),
});

const custody = createRoute({
  getParentRoute: () => within,
  path: "/evidence/$item/custody",
  component: lazyRouteComponent(() => import("./document/evidence/custody-page.tsx"), "CustodyPage"),
});

const policy = createRoute({
  getParentRoute: () => within,
  path: "/policy",
  validateSearch: (search: Record<string, unknown>): { clause?: string | undefined } => ({
    clause: textOf(search, "clause"),
  }),
  component: lazyRouteComponent(() => import("./prepare/policy/policy-page.tsx"), "PolicyPage"),
});

const approval = createRoute({
  getParentRoute: () => within,
  path: "/approvals/$approval",
  component: lazyRouteComponent(() => import("./prepare/approval/approval-page.tsx"), "ApprovalPage"),
});

const policyDraft = createRoute({
  getParentRoute: () => within,
  path: "/policy/draft",
  validateSearch: (search: Record<string, unknown>): { why?: string | undefined } => ({
    why: textOf(search, "why"),
  }),
  component: lazyRouteComponent(() => import("./prepare/policy/draft-page.tsx"), "DraftPage"),
});

const policyVersions = createRoute({
  getParentRoute: () => within,
  path: "/policy/versions",
  component: lazyRouteComponent(() => import("./prepare/policy/versions-page.tsx"), "VersionsPage"),
});

const policyVersion = createRoute({
  getParentRoute: () => within,
  path: "/policy/versions/$version",
  component: lazyRouteComponent(() => import("./prepare/policy/version-sheet.tsx"), "VersionSheet"),
});

const breakGlass = createRoute({
  getParentRoute: () => within,
  path: "/break-glass",
  component: lazyRouteComponent(() => import("./prepare/breakglass/break-glass-page.tsx"), "BreakGlassPage"),
});

const people = createRoute({
  getParentRoute: () => within,
  path: "/people",
  component: lazyRouteComponent(() => import("./prepare/people/people-page.tsx"), "PeoplePage"),
});

const addPerson = createRoute({
  getParentRoute: () => people,
  path: "/add",
  component: lazyRouteComponent(() => import("./prepare/people/add-person-panel.tsx"), "AddPersonPanel"),
});

const person = createRoute({
  getParentRoute: () => people,
  path: "/$person",
  component: lazyRouteComponent(() => import("./prepare/people/person-panel.tsx"), "PersonPanel"),
});

const hosts = createRoute({
  getParentRoute: () => within,
  path: "/hosts",
  validateSearch: assetFilterFrom,
  component: lazyRouteComponent(() => import("./prepare/register/hosts-page.tsx"), "HostsPage"),
});

const addAsset = createRoute({
  getParentRoute: () => hosts,
  path: "/add",
  component: lazyRouteComponent(() => import("./prepare/register/asset-panels.tsx"), "AddAssetPanel"),
});

const importAssets = createRoute({
  getParentRoute: () => hosts,
  path: "/import",
  component: lazyRouteComponent(
    () => import("./prepare/register/import-assets-panel.tsx"),
    "ImportAssetsPanel",
  ),
});

const asset = createRoute({
  getParentRoute: () => hosts,
  path: "/$asset",
  component: lazyRouteComponent(() => import("./prepare/register/asset-panels.tsx"), "AssetPanel"),
});

const metrics = createRoute({
  getParentRoute: () => within,
  path: "/measures",
  component: lazyRouteComponent(() => import("./learn/metrics-page.tsx"), "MetricsPage"),
});

const improvements = createRoute({
  getParentRoute: () => within,
  path: "/improvements",
  component: lazyRouteComponent(() => import("./learn/improvements-page.tsx"), "ImprovementsPage"),
});

const backups = createRoute({
  getParentRoute: () => within,
  path: "/backups",
  validateSearch: (search: Record<string, unknown>): { open?: string | undefined } => ({
    open: textOf(search, "open"),
  }),
  component: lazyRouteComponent(() => import("./prepare/backup-register/backups-page.tsx"), "BackupsPage"),
});

const masterCopies = createRoute({
  getParentRoute: () => within,
  path: "/master-copies",
  validateSearch: (search: Record<string, unknown>): { open?: string | undefined } => ({
    open: textOf(search, "open"),
  }),
  component: lazyRouteComponent(
    () => import("./prepare/master-copy/master-copies-page.tsx"),
    "MasterCopiesPage",
  ),
});

const networks = createRoute({
  getParentRoute: () => within,
  path: "/networks",
  validateSearch: (search: Record<string, unknown>): { open?: string | undefined } => ({
    open: textOf(search, "open"),
  }),
  component: lazyRouteComponent(() => import("./prepare/register/networks-page.tsx"), "NetworksPage"),
});

const sources = createRoute({
  getParentRoute: () => within,
  path: "/triage/sources",
  validateSearch: (search: Record<string, unknown>): { open?: string | undefined } => ({
    open: textOf(search, "open"),
  }),
  component: lazyRouteComponent(() => import("./detect/source/sources-page.tsx"), "SourcesPage"),
});

const contacts = createRoute({
  getParentRoute: () => within,
  path: "/contacts",
  validateSearch: contactFilterFrom,
  component: lazyRouteComponent(() => import("./prepare/contact/contacts-page.tsx"), "ContactsPage"),
});

const addContact = createRoute({
  getParentRoute: () => contacts,
  path: "/add",
  component: lazyRouteComponent(() => import("./prepare/contact/contact-panels.tsx"), "AddContactPanel"),
});

const importContacts = createRoute({
  getParentRoute: () => contacts,
  path: "/import",
  component: lazyRouteComponent(() => import("./prepare/contact/contact-panels.tsx"), "ImportContactsPanel"),
});

const contact = createRoute({
  getParentRoute: () => contacts,
  path: "/$contact",
  component: lazyRouteComponent(() => import("./prepare/contact/contact-panels.tsx"), "ContactPanel"),
});

const duty = createRoute({
  getParentRoute: () => within,
  path: "/duty",
  component: lazyRouteComponent(() => import("./prepare/duty/duty-page.tsx"), "DutyPage"),
});

const shift = createRoute({
  getParentRoute: () => within,
  path: "/shift",
  component: lazyRouteComponent(() => import("./coordinate/shift/shift-page.tsx"), "ShiftPage"),
});

const advisories = createRoute({
  getParentRoute: () => within,
  path: "/advisories",
  component: lazyRouteComponent(() => import("./coordinate/advisory/advisories-page.tsx"), "AdvisoriesPage"),
});

const draftAdvisory = createRoute({
  getParentRoute: () => within,
  path: "/advisories/draft",
  component: lazyRouteComponent(() => import("./coordinate/advisory/advisory-form.tsx"), "DraftAdvisoryPage"),
});

const advisory = createRoute({
  getParentRoute: () => within,
  path: "/advisories/$advisory",
  component: lazyRouteComponent(() => import("./coordinate/advisory/advisory-page.tsx"), "AdvisoryPage"),
});

const changeAdvisory = createRoute({
  getParentRoute: () => within,
  path: "/advisories/$advisory/change",
  component: lazyRouteComponent(
    () => import("./coordinate/advisory/advisory-form.tsx"),
    "ChangeAdvisoryPage",
  ),
});

const replies = createRoute({
  getParentRoute: () => within,
  path: "/replies",
  component: lazyRouteComponent(() => import("./coordinate/reply/replies-page.tsx"), "RepliesPage"),
});

const callSheet = createRoute({
  getParentRoute: () => within,
  path: "/call-sheet",
  component: lazyRouteComponent(() => import("./prepare/duty/call-sheet-page.tsx"), "CallSheetPage"),
});

const exercises = createRoute({
  getParentRoute: () => within,
  path: "/exercises",
  component: lazyRouteComponent(() => import("./learn/exercise/exercises-page.tsx"), "ExercisesPage"),
});

const planExercise = createRoute({
  getParentRoute: () => within,
  path: "/exercises/plan",
  validateSearch: (search: Record<string, unknown>): { scenario?: string | undefined } => ({
    scenario: textOf(search, "scenario"),
  }),
  component: lazyRouteComponent(() => import("./learn/exercise/plan-page.tsx"), "PlanPage"),
});

const exercise = createRoute({
  getParentRoute: () => within,
  path: "/exercises/$exercise",
  component: lazyRouteComponent(() => import("./learn/exercise/exercise-page.tsx"), "ExercisePage"),
});

const changeExercise = createRoute({
  getParentRoute: () => within,
  path: "/exercises/$exercise/change",
  component: lazyRouteComponent(() => import("./learn/exercise/plan-page.tsx"), "ChangePlanPage"),
});

const exercisePaper = createRoute({
  getParentRoute: () => within,
  path: "/exercises/$exercise/paper",
  validateSearch: (search: Record<string, unknown>): { for: "players" | "facilitator" } => ({
    for: search["for"] === "facilitator" ? "facilitator" : "players",
  }),
  component: lazyRouteComponent(() => import("./learn/exercise/paper-page.tsx"), "PaperPage"),
});

const profile = createRoute({
  getParentRoute: () => within,
  path: "/profile",
  component: lazyRouteComponent(() => import("./prepare/account/profile-page.tsx"), "ProfilePage"),
});

const tree = root.addChildren([
  signIn,
  provider,
  setUp,
  welcome,
  within.addChildren([
    now,
    declare,
    triage,
    incidents,
    incident.addChildren([
      log.addChildren([summary, facts, assessment, describe, scope, entry, close, caseFile]),
      observables,
      restoring,
      lessons,
      cost,
      followup,
      containment.addChildren([containmentNone, requestIsolation, oneIsolation]),
      checklists,
      notify,
      composeNotification,
      oneNotification,
      rewriteNotification,
      recovery.addChildren([recoveryRest, takeOver, gates, recoveringHost]),
      evidence.addChildren([evidenceNone, takeEvidence, evidenceItem]),
    ]),
    recoverySheet,
    playbooks.addChildren([addPlaybook, playbook, draftPlaybook]),
    reports.addChildren([enterReport, oneReport]),
    allEvidence,
    findItem,
    custody,
    workOrder,
    policy,
    approval,
    policyDraft,
    policyVersions,
    policyVersion,
    breakGlass,
    people.addChildren([addPerson, person]),
    hosts.addChildren([addAsset, importAssets, asset]),
    networks,
    backups,
    improvements,
    masterCopies,
    metrics,
    sources,
    contacts.addChildren([addContact, importContacts, contact]),
    duty,
    shift,
    advisories,
    draftAdvisory,
    advisory,
    changeAdvisory,
    replies,
    callSheet,
    exercises,
    planExercise,
    exercise,
    changeExercise,
    exercisePaper,
    profile,
  ]),
]);

/** The addresses of the product: each panel has one, so that Back and a pasted link always work. */
export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    defaultErrorComponent: PageFault,
    defaultNotFoundComponent: PageMissing,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
