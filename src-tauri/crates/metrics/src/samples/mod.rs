//! Audit samples: what is drawn, and what may be concluded from it.

mod conclusion;
mod draw;
mod limits;
mod size;

pub use conclusion::{ExaminedItem, conclude};
pub use draw::{draw, next_of, order};
pub use limits::{Confidence, binomial_limit, hypergeometric_limit, upper_limit, zero_deviation_size};
pub use size::{size_of, with_emergencies_in_full};
