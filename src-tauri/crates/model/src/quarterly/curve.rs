//! How many of the retroactive reviews owed are still open, by the time since the implementation.

use serde::{Deserialize, Serialize};

/// The Kaplan-Meier curve of one quarter's retroactive reviews, with its pointwise 95 % confidence band.
///
/// Reviews that are open count as not given up to the moment of the judgement; reviews of unknown state are left out. The band
/// is that of Greenwood's variance on the scale of log(-log S), which stays between 0 and 1 (Kalbfleisch and Prentice, The
/// Statistical Analysis of Failure Time Data, 2nd edition, 2002, section 1.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ReviewCurve {
    /// `2026-Q3`.
    pub quarter: String,
    /// Reviews that were given or are open.
    #[ts(type = "number")]
    pub reviews: u64,
    /// Those that were given.
    #[ts(type = "number")]
    pub given: u64,
    /// The longest time, in hours, for which any of them is known to have been open; `None` without any.
    pub followed_hours: Option<f64>,
    /// The first time at which the estimated share still open is one half or less, in hours; `None` when it never is.
    pub median_hours: Option<f64>,
    /// The first time at which the lower limit is one half or less: begin of the 95 % interval of the median.
    pub median_low_hours: Option<f64>,
    /// The first time at which the upper limit is: end of that interval; `None` where the reviews do not bound it.
    pub median_high_hours: Option<f64>,
    /// A step at each time at which a review was given, ascending.
    pub steps: Vec<CurveStep>,
}

/// The curve from one time at which a review was given until the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct CurveStep {
    /// Hours from the implementation.
    pub hours: f64,
    /// Reviews that were open just before.
    #[ts(type = "number")]
    pub at_risk: u64,
    /// Reviews that were given at this time.
    #[ts(type = "number")]
    pub given: u64,
    /// The estimated share still open from here on, 0 to 1.
    pub open_share: f64,
    /// Standard error of that share (Greenwood, 1926); `None` at 0, where the formula gives none.
    pub standard_error: Option<f64>,
    /// Lower end of its 95 % confidence interval, 0 to 1; `None` at 0.
    pub low: Option<f64>,
    /// Upper end of the same.
    pub high: Option<f64>,
}
