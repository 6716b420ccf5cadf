// Made from the list of commands; do not edit.
import type { Address } from "./Address";
import type { AnswerRequest } from "./AnswerRequest";
import type { AttestAnswer } from "./AttestAnswer";
import type { AttestRequest } from "./AttestRequest";
import type { AttestationsAnswer } from "./AttestationsAnswer";
import type { AttestationsRequest } from "./AttestationsRequest";
import type { ChangeId } from "./ChangeId";
import type { ChangePage } from "./ChangePage";
import type { ChangesAnswer } from "./ChangesAnswer";
import type { ChangesRequest } from "./ChangesRequest";
import type { ChartAnswer } from "./ChartAnswer";
import type { ChartRequest } from "./ChartRequest";
import type { ChosenFiles } from "./ChosenFiles";
import type { ColumnMeanings } from "./ColumnMeanings";
import type { CompletenessAnswer } from "./CompletenessAnswer";
import type { DefinitionsAnswer } from "./DefinitionsAnswer";
import type { DrawRequest } from "./DrawRequest";
import type { DueAnswer } from "./DueAnswer";
import type { DueRequest } from "./DueRequest";
import type { Explanation } from "./Explanation";
import type { ExportRequest } from "./ExportRequest";
import type { FreezeRequest } from "./FreezeRequest";
import type { ImportAnswer } from "./ImportAnswer";
import type { ImportId } from "./ImportId";
import type { ImportManifest } from "./ImportManifest";
import type { ImportRequest } from "./ImportRequest";
import type { ImportsAnswer } from "./ImportsAnswer";
import type { IssuedReports } from "./IssuedReports";
import type { KindOfPeople } from "./KindOfPeople";
import type { LaidOutFiles } from "./LaidOutFiles";
import type { MergePeople } from "./MergePeople";
import type { MetricsAnswer } from "./MetricsAnswer";
import type { MetricsRequest } from "./MetricsRequest";
import type { Nothing } from "./Nothing";
import type { PaperRequest } from "./PaperRequest";
import type { PathAnswer } from "./PathAnswer";
import type { PeopleAnswer } from "./PeopleAnswer";
import type { PeopleChange } from "./PeopleChange";
import type { PeopleHistory } from "./PeopleHistory";
import type { PeopleSuggestions } from "./PeopleSuggestions";
import type { PolicyAnswer } from "./PolicyAnswer";
import type { PolicySetRequest } from "./PolicySetRequest";
import type { PopulationPage } from "./PopulationPage";
import type { PresetsAnswer } from "./PresetsAnswer";
import type { RawRecord } from "./RawRecord";
import type { RejectsAnswer } from "./RejectsAnswer";
import type { ReportList } from "./ReportList";
import type { ReportPreview } from "./ReportPreview";
import type { ReportRequest } from "./ReportRequest";
import type { ReportSaveRequest } from "./ReportSaveRequest";
import type { RestatedReports } from "./RestatedReports";
import type { RestatedRequest } from "./RestatedRequest";
import type { SampleItem } from "./SampleItem";
import type { SampleList } from "./SampleList";
import type { SampleName } from "./SampleName";
import type { SamplePage } from "./SamplePage";
import type { SplitPeople } from "./SplitPeople";
import type { TakeOutRequest } from "./TakeOutRequest";
import type { TakenOut } from "./TakenOut";
import type { VerifyAnswer } from "./VerifyAnswer";
import type { WorkspaceStatus } from "./WorkspaceStatus";

export type RpcSchema = {
  /** What the open ledger holds. */
  status: { request: Nothing; answer: WorkspaceStatus };
  /** Opens (and makes, the first time) the fictional sample workspace. */
  open_sample: { request: Nothing; answer: WorkspaceStatus };
  /** Deletes the sample workspace and goes back to the person's own ledger. */
  remove_sample: { request: Nothing; answer: WorkspaceStatus };
  /** Lets the person choose a ledger file to open. */
  open_ledger: { request: Nothing; answer: WorkspaceStatus };
  /** Checks the ledger for damage. */
  verify: { request: Nothing; answer: VerifyAnswer };
  /** Lets the person choose where to, and copies the ledger there. */
  backup: { request: Nothing; answer: PathAnswer };
  /** Lets the person choose export files. */
  choose_files: { request: Nothing; answer: ChosenFiles };
  /** What chosen files are and say, before anything is written. */
  lay_out: { request: ImportRequest; answer: LaidOutFiles };
  /** Stops looking at chosen files. */
  cancel_look: { request: Nothing; answer: Nothing };
  /** Saves what the columns of a table mean; an import names the answered file as its profile. */
  save_profile: { request: ColumnMeanings; answer: PathAnswer };
  /** Imports files. */
  import: { request: ImportRequest; answer: ImportAnswer };
  /** Stops the running import; nothing of the current file is written. */
  cancel_import: { request: Nothing; answer: Nothing };
  /** Every import run. */
  imports: { request: Nothing; answer: ImportsAnswer };
  /** One import run. */
  import_manifest: { request: ImportId; answer: ImportManifest };
  /** The first thousand rejected rows of an import. */
  import_rejects: { request: ImportId; answer: RejectsAnswer };
  /** Lets the person choose where to, and writes all rejected rows of an import as CSV. */
  save_rejects: { request: ImportId; answer: PathAnswer };
  /** Whether records are missing, as far as the ledger can tell. */
  completeness: { request: Nothing; answer: CompletenessAnswer };
  /** The metrics of quarters. */
  metrics: { request: MetricsRequest; answer: MetricsAnswer };
  /** What each metric means. */
  definitions: { request: Nothing; answer: DefinitionsAnswer };
  /** Draws a chart. */
  chart: { request: ChartRequest; answer: ChartAnswer };
  /** Lists changes. */
  changes: { request: ChangesRequest; answer: ChangesAnswer };
  /** One change with everything known about it. */
  change: { request: ChangeId; answer: ChangePage };
  /** Why one change was judged as it was. */
  explain: { request: ChangeId; answer: Explanation };
  /** One change as it was imported. */
  raw_record: { request: ChangeId; answer: RawRecord };
  /** Reviews that are due. */
  due: { request: DueRequest; answer: DueAnswer };
  /** The policy in force. */
  policy: { request: Nothing; answer: PolicyAnswer };
  /** The policies that come with the product. */
  presets: { request: Nothing; answer: PresetsAnswer };
  /** Sets the policy. */
  set_policy: { request: PolicySetRequest; answer: PolicyAnswer };
  /** The pages of a report, to look at. */
  report_preview: { request: ReportRequest; answer: ReportPreview };
  /** Lets the person choose where to, and issues a report. */
  report_save: { request: ReportSaveRequest; answer: PathAnswer };
  /** The reports that were issued. */
  issued_reports: { request: Nothing; answer: IssuedReports };
  /** The reports that were issued, each with whether the ledger says something else by now. */
  compared_reports: { request: Nothing; answer: ReportList };
  /** Issued reports of which the ledger says something else by now. */
  restated_reports: { request: RestatedRequest; answer: RestatedReports };
  /** Everybody whom imported records name. */
  people: { request: Nothing; answer: PeopleAnswer };
  /** Accounts that look like those of one person. */
  people_suggestions: { request: Nothing; answer: PeopleSuggestions };
  /** Every statement about people. */
  people_history: { request: Nothing; answer: PeopleHistory };
  /** States that accounts belong to one person. */
  merge_people: { request: MergePeople; answer: PeopleChange };
  /** States that an account belongs to nobody else. */
  split_people: { request: SplitPeople; answer: PeopleChange };
  /** States of what kind an account is. */
  set_people_kind: { request: KindOfPeople; answer: PeopleChange };
  /** Attests something of a change. */
  attest: { request: AttestRequest; answer: AttestAnswer };
  /** Everything that people attested of changes. */
  attestations: { request: AttestationsRequest; answer: AttestationsAnswer };
  /** Freezes a population for audit samples. */
  sample_freeze: { request: FreezeRequest; answer: PopulationPage };
  /** Draws an audit sample. */
  sample_draw: { request: DrawRequest; answer: SamplePage };
  /** The populations and samples of the ledger. */
  sample_list: { request: Nothing; answer: SampleList };
  /** A frozen population. */
  sample_population: { request: SampleName; answer: PopulationPage };
  /** A sample with its items, answers and limits. */
  sample: { request: SampleName; answer: SamplePage };
  /** Answers one attribute of one item of a sample. */
  sample_answer: { request: AnswerRequest; answer: SampleItem };
  /** Takes an item out of a sample, or replaces it. */
  sample_take_out: { request: TakeOutRequest; answer: TakenOut };
  /** Lets the person choose where to, and writes the work paper of a sample. */
  sample_paper: { request: PaperRequest; answer: PathAnswer };
  /** Lets the person choose where to, and writes facts and verdicts as tables with the SQL that computes the numbers again. */
  export: { request: ExportRequest; answer: PathAnswer };
  /** Opens a record's web address in the person's browser. */
  open_address: { request: Address; answer: Nothing };
};
