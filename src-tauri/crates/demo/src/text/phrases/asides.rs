//! Phrases that could mislead a reader of keys, and what the bots update.

/// Sentences with keys that are no tickets.
pub(crate) const FALSE_FRIENDS: [&str; 8] = [
    "Names are normalised to UTF-8 before they are compared.",
    "Tokens are now signed with SHA-256 instead of the older scheme.",
    "Picks up the library version that closes CVE-2025-1234.",
    "Dates are ISO-8601 in every response.",
    "Speaks HTTP-2 towards the carrier gateway.",
    "The help text was drafted with GPT-4 and edited by hand.",
    "Uses AES-256 for the archive and SHA-512 for its checksum.",
    "Country codes follow ISO-3166 and currencies ISO-4217.",
];

/// Dependencies that bots update: name, ecosystem, old and new version.
pub(crate) const DEPENDENCIES: [(&str, &str, &str, &str); 14] = [
    ("serde", "cargo", "1.0.210", "1.0.215"),
    ("tokio", "cargo", "1.40.0", "1.41.1"),
    ("axum", "cargo", "0.7.5", "0.7.9"),
    ("rustls", "cargo", "0.23.12", "0.23.18"),
    ("react", "npm_and_yarn", "18.3.0", "18.3.1"),
    ("vite", "npm_and_yarn", "5.4.8", "5.4.11"),
    ("zod", "npm_and_yarn", "3.23.6", "3.23.8"),
    ("typescript", "npm_and_yarn", "5.6.2", "5.6.3"),
    ("eslint", "npm_and_yarn", "9.12.0", "9.15.0"),
    ("actions/checkout", "github_actions", "4.1.7", "4.2.2"),
    ("postgres", "docker", "16.3", "16.6"),
    ("alpine", "docker", "3.19", "3.20"),
    ("hashicorp/aws", "terraform", "5.68.0", "5.76.0"),
    ("playwright", "npm_and_yarn", "1.47.2", "1.49.0"),
];
