//! The metrics of quarters, what they mean, and their charts.

pub(crate) mod warnings;

use crate::{
    app::{App, Computed},
    error::{AppError, ErrorCode},
    host::Host,
    use_case::{
        policy::reference,
        report::{in_short, moved_numbers, restated_quarters},
    },
    wire::{
        ChartAnswer, ChartKind, ChartRequest, ChartTable, Definition, DefinitionsAnswer, Grouping, MetricsRequest,
        Nothing,
    },
};
use change_ledger_metrics::{QuarterRange, Unit, grouping_definition, registry};
use change_ledger_model::{
    Timestamp,
    policy::{Period, PolicyVersion},
    quarter::Quarter,
    quarterly::{
        GroupMetrics, GroupingNote, MetricsAnswer, NumberWithout, QuarterMetrics, QuarterWithout, RestatedQuarter,
        ReviewCurve,
    },
};
use change_ledger_report::{
    Comparing,
    chart::{self, ChartSpec, Medium, ReviewTime, Size},
};
use std::time::Instant;

/// A trend shows at least so many quarters.
const TREND: i32 = 8;
/// And at most so many: three years.
const LONGEST_TREND: i32 = 12;

/// The metrics of quarters.
///
/// # Errors
/// When a quarter is misspelt, the range is empty, or the ledger cannot be read.
pub fn metrics(app: &App, host: &dyn Host, request: MetricsRequest) -> Result<MetricsAnswer, AppError> {
    let computed = app.computed(host)?;
    let range = range(&computed, request.from.as_deref(), request.to.as_deref())?;
    let version = computed.history.at(computed.as_of);
    let began = Instant::now();
    let quarters = computed.judged.quarters(range)?;
    tracing::info!(target: "timing", seconds = began.elapsed().as_secs_f64(), "quarters counted");
    let (groups, grouping) = request.by.map(|by| groups(&computed, by, range)).transpose()?.unzip();
    let review_curves = request.curves.then(|| computed.judged.review_curves(range)).transpose()?;
    let restated = request.restated.then(|| restated_among(app, host, &quarters)).transpose()?;
    let small_number = version.policy.small_numbers.minimum;
    let judged_by = warnings::policies_of(&computed, &quarters);
    let comparing = Comparing {
        minimum: small_number,
        today: computed.as_of.to_utc().with_timezone(&version.policy.period.timezone).date_naive(),
        judged_by: &judged_by,
    };
    let mixed_quarters = warnings::mixed_quarters(&judged_by);
    let without_attestations = without_attestations(&computed, range, &quarters)?;
    let mut warnings = warnings::warnings(app, &computed, &quarters, request.from.is_some() && request.to.is_some())?;
    warnings.extend(request.by.and_then(|by| warnings::ungrouped(by, groups.as_deref().unwrap_or_default())));
    Ok(MetricsAnswer {
        as_of: computed.as_of,
        policy: reference(version),
        timezone: version.policy.period.timezone.name().to_owned(),
        trends: change_ledger_report::trends(&quarters, &comparing),
        small_number,
        quarters,
        groups,
        grouping,
        review_curves,
        restated,
        undated: computed.judged.undated(),
        not_yet_implemented: computed.judged.not_yet_implemented()?,
        mixed_quarters,
        without_attestations,
        warnings,
    })
}

/// The quarters per group, with what a person should know of the groups.
fn groups(
    computed: &Computed,
    by: Grouping,
    range: Option<QuarterRange>,
) -> Result<(Vec<GroupMetrics>, GroupingNote), AppError> {
    let found = computed.judged.quarters_by(by, range)?;
    let definition = grouping_definition(by).to_owned();
    let note = GroupingNote { by, definition, in_several: found.in_several, in_none: found.in_none };
    Ok((found.groups, note))
}

/// Those of `quarters` of which the ledger says something else by now than their last report.
fn restated_among(app: &App, host: &dyn Host, quarters: &[QuarterMetrics]) -> Result<Vec<RestatedQuarter>, AppError> {
    let restated = restated_quarters(app, host)?.into_iter().map(in_short);
    let is_shown = |restated: &RestatedQuarter| quarters.iter().any(|quarter| quarter.quarter == restated.quarter);
    Ok(restated.filter(is_shown).collect())
}

/// The numbers that are other ones by the imported files alone. Quarters that only one of the two judgements has say it by
/// their absence: no attestation moves a change into another quarter.
fn without_attestations(
    computed: &Computed,
    range: Option<QuarterRange>,
    quarters: &[QuarterMetrics],
) -> Result<Vec<QuarterWithout>, AppError> {
    let Some(without) = &computed.without_attestations else { return Ok(Vec::new()) };
    let as_json = |quarter: &QuarterMetrics| {
        serde_json::to_value(quarter)
            .map_err(|error| AppError::new(ErrorCode::Internal, format!("the metrics cannot be compared: {error}")))
    };
    let mut found = Vec::new();
    for without in without.quarters(range)? {
        let Some(with) = quarters.iter().find(|with| with.quarter == without.quarter) else { continue };
        let numbers = moved_numbers(&as_json(&without)?, &as_json(with)?).into_iter();
        let numbers: Vec<NumberWithout> = numbers
            .filter(|moved| moved.metric != "attested")
            .map(|moved| NumberWithout {
                metric: moved.metric,
                unit: moved.unit,
                with: moved.after,
                without: moved.before,
            })
            .collect();
        if !numbers.is_empty() {
            found.push(QuarterWithout { quarter: without.quarter, numbers });
        }
    }
    Ok(found)
}

/// The quarters asked for. An end that is left open is where the quarters without a range end; where the named end lies
/// beyond that, among dates far from all others, it is the end of those.
fn range(computed: &Computed, from: Option<&str>, to: Option<&str>) -> Result<Option<QuarterRange>, AppError> {
    if from.is_none() && to.is_none() {
        return Ok(None);
    }
    let usual = computed.judged.quarters(None)?;
    let edge = |quarter: Option<&QuarterMetrics>| quarter.map(|quarter| Quarter::parse(&quarter.quarter)).transpose();
    let (first, last) = (edge(usual.first())?, edge(usual.last())?);
    let (far_first, far_last) = computed.judged.outlying_changes()?.map(|far| (far.first, far.last)).unzip();
    let (from, to) = (from.map(Quarter::parse).transpose()?, to.map(Quarter::parse).transpose()?);
    let open_from =
        || [first, far_first].into_iter().flatten().find(|begin| to.is_none_or(|to| *begin <= to)).or(first);
    let open_to = || [last, far_last].into_iter().flatten().find(|end| from.is_none_or(|from| from <= *end)).or(last);
    let (Some(from), Some(to)) = (from.or_else(open_from), to.or_else(open_to)) else { return Ok(None) };
    if from > to {
        return Err(AppError::wrong_use(format!("{from} is later than {to}")));
    }
    Ok(Some((from, to)))
}

/// What each metric means.
///
/// # Errors
/// None.
pub fn definitions(_: &App, _: &dyn Host, _: Nothing) -> Result<DefinitionsAnswer, AppError> {
    let definitions = registry().iter().map(|metric| Definition {
        id: metric.id.to_owned(),
        name: metric.name.to_owned(),
        unit: match metric.unit {
            Unit::Changes => "changes",
            Unit::Share => "share",
            Unit::Hours => "hours",
            Unit::BusinessDays => "business_days",
            Unit::Incidents => "incidents",
        }
        .to_owned(),
        definition: metric.definition.to_owned(),
        formula: metric.formula.to_owned(),
        null_when: metric.null_when.to_owned(),
    });
    Ok(DefinitionsAnswer { definitions: definitions.collect() })
}

/// The quarters of a trend that ends with `last`: eight, or up to twelve where the ledger reaches back so far.
pub(crate) fn trend(computed: &Computed, last: Quarter) -> Result<Vec<QuarterMetrics>, AppError> {
    let known = computed.judged.quarters(None)?;
    let first_known = known.first().map(|quarter| Quarter::parse(&quarter.quarter)).transpose()?.unwrap_or(last);
    let reach = (last.ordinal() - first_known.ordinal() + 1).clamp(TREND, LONGEST_TREND);
    Ok(computed.judged.quarters(Some((Quarter::from_ordinal(last.ordinal() - reach + 1), last)))?)
}

/// The retroactive reviews owed in `quarter`, for their distribution.
pub(crate) fn review_times(computed: &Computed, quarter: Quarter) -> Result<Vec<ReviewTime>, AppError> {
    let durations = computed.judged.review_hours(Some((quarter, quarter)))?;
    let mut times: Vec<ReviewTime> =
        durations.iter().map(|review| ReviewTime { hours: Some(review.hours), state: review.state }).collect();
    let unknown = computed
        .judged
        .quarters(Some((quarter, quarter)))?
        .first()
        .map_or(0, |quarter| quarter.retroactive_review.unknown);
    let state = change_ledger_model::judgement::ReviewState::Unknown;
    let listed = times.iter().filter(|review| review.state == state).count() as u64;
    times.extend((listed..unknown).map(|_| ReviewTime { hours: None, state }));
    Ok(times)
}

/// The policy in force at the end of `quarter`, or at the moment of ageing when the quarter is still running.
pub(crate) fn policy_of(computed: &Computed, quarter: Quarter) -> &PolicyVersion {
    let now = computed.history.at(computed.as_of);
    computed.history.at(last_moment(quarter, &now.policy.period).min(computed.as_of))
}

/// The last millisecond of `quarter`: a policy that begins with the next quarter was not in force in it.
pub(crate) fn last_moment(quarter: Quarter, period: &Period) -> Timestamp {
    let next = quarter.next().begins(period.fiscal_year_start, period.timezone);
    Timestamp::from_millis(next.millis().saturating_sub(1)).unwrap_or(next)
}

/// Draws a chart for the window.
///
/// # Errors
/// When the quarter is misspelt, the size is too small, or the ledger cannot be read.
pub fn chart(app: &App, host: &dyn Host, request: ChartRequest) -> Result<ChartAnswer, AppError> {
    let computed = app.computed(host)?;
    let quarter = Quarter::parse(&request.quarter)?;
    let policy = &policy_of(&computed, quarter).policy;
    let spec = match request.chart {
        ChartKind::EmergencyRatio => chart::emergency_ratio(&trend(&computed, quarter)?, Some(policy.ratio.warning)),
        ChartKind::Classes => chart::classes_per_quarter(&trend(&computed, quarter)?),
        ChartKind::RetroactiveReviews => chart::retroactive_reviews(&trend(&computed, quarter)?),
        ChartKind::TimeToReview => {
            chart::time_to_review(&quarter.to_string(), &review_times(&computed, quarter)?, policy.review.deadline)
        }
        ChartKind::ReviewCurve => chart::review_curve(&curve_of(&computed, quarter)?, policy.review.deadline),
    };
    let is_of_one_quarter = matches!(request.chart, ChartKind::TimeToReview | ChartKind::ReviewCurve);
    let spec = if is_of_one_quarter { spec } else { spec.with_focus(quarter.to_string()) };
    answer(&spec, Size { width: request.width, height: request.height })
}

fn curve_of(computed: &Computed, quarter: Quarter) -> Result<ReviewCurve, AppError> {
    let curve = computed.judged.review_curves(Some((quarter, quarter)))?.pop();
    curve.ok_or_else(|| AppError::new(ErrorCode::Internal, format!("there is no curve of {quarter}")))
}

fn answer(spec: &ChartSpec, size: Size) -> Result<ChartAnswer, AppError> {
    let svg = chart::draw(spec, size, Medium::Screen).map_err(|error| AppError::wrong_use(error.to_string()))?;
    let table = spec.table();
    Ok(ChartAnswer {
        title: spec.title.clone(),
        description: spec.description.clone(),
        svg: svg.into_string(),
        table: ChartTable { columns: table.columns, rows: table.rows },
    })
}
