//! Keeps words that stand beside each other from touching.

/// A run of positions that touch: the sum of where they would begin if all stood at its top, and how many they are.
struct Run {
    sum: f64,
    count: u32,
}

/// Moves ascending positions to be at least `apart`, each as little as possible, and then into `bounds` (least, most) where
/// there is room. Least squares by pooling adjacent violators (Ayer et al., Ann. Math. Statist. 26, 1955).
pub(super) fn spread(wanted: &[f64], apart: f64, (least, most): (f64, f64)) -> Vec<f64> {
    let mut runs: Vec<Run> = Vec::new();
    for (place, position) in (0_u32..).zip(wanted) {
        let mut run = Run { sum: position - f64::from(place) * apart, count: 1 };
        while let Some(before) = runs.pop_if(|before| before.mean() >= run.mean()) {
            run = Run { sum: before.sum + run.sum, count: before.count + run.count };
        }
        runs.push(run);
    }
    let starts = runs.iter().flat_map(|run| (0..run.count).map(|_| run.mean()));
    let mut placed: Vec<f64> = (0_u32..).zip(starts).map(|(place, start)| start + f64::from(place) * apart).collect();
    let mut highest = most;
    for position in placed.iter_mut().rev() {
        *position = position.min(highest);
        highest = *position - apart;
    }
    let mut lowest = least;
    for position in &mut placed {
        *position = position.max(lowest);
        lowest = *position + apart;
    }
    placed
}

impl Run {
    fn mean(&self) -> f64 {
        self.sum / f64::from(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_words_move_apart_evenly() {
        let check = |wanted: &[f64], expected: &[f64]| {
            assert_eq!(spread(wanted, 10.0, (0.0, 100.0)), expected, "{wanted:?}");
        };
        check(&[], &[]);
        check(&[5.0, 50.0], &[5.0, 50.0]);
        check(&[50.0, 50.0], &[45.0, 55.0]);
        check(&[49.0, 50.0, 51.0], &[40.0, 50.0, 60.0]);
        check(&[20.0, 50.0, 56.0], &[20.0, 48.0, 58.0]);
        check(&[95.0, 99.0], &[90.0, 100.0]);
        check(&[1.0, 2.0], &[0.0, 10.0]);
    }
}
