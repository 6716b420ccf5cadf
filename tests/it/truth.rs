//! The sample company's numbers, computed by its generator from what it planted, are all met.

use crate::support::{SAMPLE_AS_OF, Sandbox};
use serde_json::Value;

#[test]
fn every_planted_number_is_found() {
    for seed in 1..=5 {
        let sandbox = Sandbox::new();
        let truth = sandbox.sample(seed);
        assert_eq!(truth["as_of"], SAMPLE_AS_OF);
        let found = sandbox.json(["--as-of", SAMPLE_AS_OF, "metrics"]);
        let (wanted, quarters) = (truth["quarters"].as_array().unwrap(), found["quarters"].as_array().unwrap());
        assert_eq!(quarters.len(), wanted.len(), "seed {seed}");
        for (wanted, found) in wanted.iter().zip(quarters) {
            same(wanted, found, &format!("seed {seed}, {}", wanted["quarter"]));
        }
    }
}

/// Everything that `wanted` says stands in `found` too; fractions to nine digits.
fn same(wanted: &Value, found: &Value, place: &str) {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            for (key, wanted) in wanted {
                same(wanted, found.get(key).unwrap_or(&Value::Null), &format!("{place}.{key}"));
            }
        }
        (Value::Number(wanted), Value::Number(found)) => {
            let (wanted, found) = (wanted.as_f64().unwrap(), found.as_f64().unwrap());
            assert!((wanted - found).abs() <= 1e-9 * wanted.abs().max(1.0), "{place}: planted {wanted}, found {found}");
        }
        _ => assert_eq!(wanted, found, "{place}"),
    }
}
