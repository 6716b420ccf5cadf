//! Bitbucket: pull requests and their activity, of Cloud and of Server (Data Center).

pub(super) mod activity;
pub(super) mod cloud;
mod names;
pub(super) mod server;
pub(super) mod server_activity;
