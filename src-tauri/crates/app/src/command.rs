//! The one list of commands. Router, TypeScript schema and the coverage test are made from it.

use crate::{
    app::App,
    error::{AppError, ErrorCode},
    host::Host,
    use_case,
    wire::*,
};
use change_ledger_model::{import::ImportManifest, quarterly::MetricsAnswer};
use ts_rs::TS;

/// Declares the commands: name, request, answer, and the use case that carries it out.
macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $name:ident ( $request:ty ) -> $answer:ty = $use_case:path;)+) => {
        /// Names of all commands, in the order of the list.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];

        /// Carries out the command `name` with a JSON request and gives its JSON answer.
        ///
        /// # Errors
        /// [`AppError`]: of the use case, or [`ErrorCode::WrongUse`] for an unknown name or a request of the wrong shape.
        pub fn dispatch(app: &App, host: &dyn Host, name: &str, request: serde_json::Value) -> Result<serde_json::Value, AppError> {
            match name {
                $(stringify!($name) => {
                    let request: $request = read(name, request)?;
                    let answer: $answer = $use_case(app, host, request)?;
                    write(name, &answer)
                })+
                _ => Err(AppError::wrong_use(format!("there is no command `{name}`"))),
            }
        }

        /// The TypeScript type that maps each command to its request and answer.
        #[must_use]
        pub fn schema() -> String {
            let config = ts_rs::Config::default();
            let mut entries = String::new();
            let mut names = std::collections::BTreeSet::new();
            $(
                let docs = [$($doc),+].map(str::trim).join(" ");
                let (request, answer) = (<$request>::name(&config), <$answer>::name(&config));
                entries.push_str(&format!("  /** {docs} */\n  {}: {{ request: {request}; answer: {answer} }};\n", stringify!($name)));
                names.extend([request, answer]);
            )+
            let imports: String = names.iter().map(|name| format!("import type {{ {name} }} from \"./{name}\";\n")).collect();
            format!("// Made from the list of commands; do not edit.\n{imports}\nexport type RpcSchema = {{\n{entries}}};\n")
        }

        /// Writes the TypeScript of every wire type and of the schema below `folder`.
        ///
        /// # Errors
        /// When a file cannot be written.
        pub fn export_bindings(folder: &std::path::Path) -> Result<(), ts_rs::ExportError> {
            let config = ts_rs::Config::new().with_out_dir(folder);
            $(
                <$request>::export_all(&config)?;
                <$answer>::export_all(&config)?;
            )+
            AppError::export_all(&config)?;
            Progress::export_all(&config)?;
            std::fs::write(folder.join("RpcSchema.ts"), schema()).map_err(ts_rs::ExportError::Io)
        }
    };
}

commands! {
    /// What the open ledger holds.
    status(Nothing) -> WorkspaceStatus = use_case::workspace::status;
    /// Opens (and makes, the first time) the fictional sample workspace.
    open_sample(Nothing) -> WorkspaceStatus = use_case::workspace::open_sample;
    /// Deletes the sample workspace and goes back to the person's own ledger.
    remove_sample(Nothing) -> WorkspaceStatus = use_case::workspace::remove_sample;
    /// Lets the person choose a ledger file to open.
    open_ledger(Nothing) -> WorkspaceStatus = use_case::workspace::open_ledger;
    /// Checks the ledger for damage.
    verify(Nothing) -> VerifyAnswer = use_case::workspace::verify;
    /// Lets the person choose where to, and copies the ledger there.
    backup(Nothing) -> PathAnswer = use_case::workspace::backup_dialog;
    /// Lets the person choose export files.
    choose_files(Nothing) -> ChosenFiles = use_case::import::choose_files;
    /// What chosen files are and say, before anything is written.
    lay_out(ImportRequest) -> LaidOutFiles = use_case::import::lay_out;
    /// Stops looking at chosen files.
    cancel_look(Nothing) -> Nothing = use_case::import::cancel_look;
    /// Saves what the columns of a table mean; an import names the answered file as its profile.
    save_profile(ColumnMeanings) -> PathAnswer = use_case::profile::save;
    /// Imports files.
    import(ImportRequest) -> ImportAnswer = use_case::import::import;
    /// Stops the running import; nothing of the current file is written.
    cancel_import(Nothing) -> Nothing = use_case::import::cancel;
    /// Every import run.
    imports(Nothing) -> ImportsAnswer = use_case::import::imports;
    /// One import run.
    import_manifest(ImportId) -> ImportManifest = use_case::import::manifest;
    /// The first thousand rejected rows of an import.
    import_rejects(ImportId) -> RejectsAnswer = use_case::import::rejects;
    /// Lets the person choose where to, and writes all rejected rows of an import as CSV.
    save_rejects(ImportId) -> PathAnswer = use_case::import::save_rejects;
    /// Whether records are missing, as far as the ledger can tell.
    completeness(Nothing) -> CompletenessAnswer = use_case::completeness::asked;
    /// The metrics of quarters.
    metrics(MetricsRequest) -> MetricsAnswer = use_case::metrics::metrics;
    /// What each metric means.
    definitions(Nothing) -> DefinitionsAnswer = use_case::metrics::definitions;
    /// Draws a chart.
    chart(ChartRequest) -> ChartAnswer = use_case::metrics::chart;
    /// Lists changes.
    changes(ChangesRequest) -> ChangesAnswer = use_case::changes::changes;
    /// One change with everything known about it.
    change(ChangeId) -> ChangePage = use_case::change::change;
    /// Why one change was judged as it was.
    explain(ChangeId) -> Explanation = use_case::explain::explain;
    /// One change as it was imported.
    raw_record(ChangeId) -> RawRecord = use_case::change::raw_record;
    /// Reviews that are due.
    due(DueRequest) -> DueAnswer = use_case::due::due;
    /// The policy in force.
    policy(Nothing) -> PolicyAnswer = use_case::policy::show;
    /// The policies that come with the product.
    presets(Nothing) -> PresetsAnswer = use_case::policy::presets;
    /// Sets the policy.
    set_policy(PolicySetRequest) -> PolicyAnswer = use_case::policy::set;
    /// The pages of a report, to look at.
    report_preview(ReportRequest) -> ReportPreview = use_case::report::preview;
    /// Lets the person choose where to, and issues a report.
    report_save(ReportSaveRequest) -> PathAnswer = use_case::report::save_dialog;
    /// The reports that were issued.
    issued_reports(Nothing) -> IssuedReports = use_case::report::issued;
    /// The reports that were issued, each with whether the ledger says something else by now.
    compared_reports(Nothing) -> ReportList = use_case::report::list;
    /// Issued reports of which the ledger says something else by now.
    restated_reports(RestatedRequest) -> RestatedReports = use_case::report::restated;
    /// Everybody whom imported records name.
    people(Nothing) -> PeopleAnswer = use_case::people::list;
    /// Accounts that look like those of one person.
    people_suggestions(Nothing) -> PeopleSuggestions = use_case::people::suggest;
    /// Every statement about people.
    people_history(Nothing) -> PeopleHistory = use_case::people::history;
    /// States that accounts belong to one person.
    merge_people(MergePeople) -> PeopleChange = use_case::people::merge;
    /// States that an account belongs to nobody else.
    split_people(SplitPeople) -> PeopleChange = use_case::people::split;
    /// States of what kind an account is.
    set_people_kind(KindOfPeople) -> PeopleChange = use_case::people::kind;
    /// Attests something of a change.
    attest(AttestRequest) -> AttestAnswer = use_case::attestation::attest;
    /// Everything that people attested of changes.
    attestations(AttestationsRequest) -> AttestationsAnswer = use_case::attestation::list;
    /// Freezes a population for audit samples.
    sample_freeze(FreezeRequest) -> PopulationPage = use_case::sample::freeze;
    /// Draws an audit sample.
    sample_draw(DrawRequest) -> SamplePage = use_case::sample::draw;
    /// The populations and samples of the ledger.
    sample_list(Nothing) -> SampleList = use_case::sample::list;
    /// A frozen population.
    sample_population(SampleName) -> PopulationPage = use_case::sample::population;
    /// A sample with its items, answers and limits.
    sample(SampleName) -> SamplePage = use_case::sample::show;
    /// Answers one attribute of one item of a sample.
    sample_answer(AnswerRequest) -> SampleItem = use_case::sample::answer;
    /// Takes an item out of a sample, or replaces it.
    sample_take_out(TakeOutRequest) -> TakenOut = use_case::sample::take_out;
    /// Lets the person choose where to, and writes the work paper of a sample.
    sample_paper(PaperRequest) -> PathAnswer = use_case::sample::save_dialog;
    /// Lets the person choose where to, and writes facts and verdicts as tables with the SQL that computes the numbers again.
    export(ExportRequest) -> PathAnswer = use_case::export::export_dialog;
    /// Opens a record's web address in the person's browser.
    open_address(Address) -> Nothing = use_case::workspace::open_address;
}

fn read<T: serde::de::DeserializeOwned>(name: &str, request: serde_json::Value) -> Result<T, AppError> {
    let request = if request.is_null() { serde_json::Value::Object(serde_json::Map::new()) } else { request };
    serde_json::from_value(request)
        .map_err(|error| AppError::wrong_use(format!("the request for `{name}` is not of its shape: {error}")))
}

fn write<T: serde::Serialize>(name: &str, answer: &T) -> Result<serde_json::Value, AppError> {
    serde_json::to_value(answer).map_err(|error| {
        AppError::new(ErrorCode::Internal, format!("the answer of `{name}` cannot be written: {error}"))
    })
}
