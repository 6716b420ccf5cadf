//! What the tools of a chain call the same change, ticket and incident.

use crate::ToolChain;
use crate::chance::mixed;
use crate::company::ORGANISATION;
use crate::company::repositories::repository;
use crate::story::Story;
use crate::story::change::Change;
use crate::story::layout::Place;

/// The first number of a work item or a change request.
const FIRST_ITEM: u64 = 30_000;

impl Story {
    /// The name of a change in other texts: `marlpoint/booking-api#2214`, `marlpoint/booking-api!2214`, `CHG0031234`.
    pub(crate) fn reference(&self, change: &Change) -> String {
        let (name, number) = (change.repository().full_name(), change.place.number());
        match self.tools {
            ToolChain::Github | ToolChain::Bitbucket => format!("{name}#{number}"),
            ToolChain::Gitlab | ToolChain::Azure => format!("{name}!{number}"),
            ToolChain::Servicenow => change_request(&change.place),
        }
    }

    /// The web address of a change.
    pub(crate) fn address(&self, change: &Change) -> String {
        match self.tools {
            ToolChain::Servicenow => {
                let number = change_request(&change.place);
                format!(
                    "https://{ORGANISATION}.service-now.com/nav_to.do?uri=change_request.do?sysparm_query=number={number}"
                )
            }
            _ => self.page(change.place.repository, change.place.number()),
        }
    }

    /// The web address of a pull request.
    pub(crate) fn page(&self, of: usize, number: u64) -> String {
        let repository = repository(of);
        let (name, full_name) = (repository.name, repository.full_name());
        match self.tools {
            ToolChain::Github | ToolChain::Servicenow => format!("https://github.com/{full_name}/pull/{number}"),
            ToolChain::Gitlab => format!("https://gitlab.example.com/{full_name}/-/merge_requests/{number}"),
            ToolChain::Azure => {
                format!("https://dev.azure.com/{ORGANISATION}/{ORGANISATION}/_git/{name}/pullrequest/{number}")
            }
            ToolChain::Bitbucket => format!("https://bitbucket.org/{full_name}/pull-requests/{number}"),
        }
    }

    /// What people call the ticket of a change: `CHM-61`, `AB#30012`. A change request is its own ticket.
    pub(crate) fn ticket_key(&self, change: &Change) -> String {
        match self.tools {
            ToolChain::Azure => format!("AB#{}", work_item(&change.place)),
            ToolChain::Servicenow => change_request(&change.place),
            _ => self.register.ticket_key(change),
        }
    }

    /// What people call the incident with a number: `INC-2104`.
    pub(crate) fn incident_name(&self, number: u64) -> String {
        match self.tools {
            ToolChain::Servicenow => format!("INC{number:07}"),
            _ => format!("INC-{number}"),
        }
    }

    /// The incident tool's own id for an incident, by its number and PagerDuty's id.
    pub(crate) fn incident_id(&self, number: u64, id: &str) -> String {
        match self.tools {
            ToolChain::Github | ToolChain::Azure => id.to_owned(),
            ToolChain::Gitlab => universal_id(number, id),
            ToolChain::Bitbucket => format!("01J{id:0>14}{number:09}"),
            ToolChain::Servicenow => self.incident_name(number),
        }
    }

    /// The web address of an incident.
    pub(crate) fn incident_address(&self, number: u64, id: &str) -> String {
        let own = self.incident_id(number, id);
        match self.tools {
            ToolChain::Github | ToolChain::Azure => format!("https://{ORGANISATION}.pagerduty.com/incidents/{own}"),
            ToolChain::Gitlab => format!("https://{ORGANISATION}.app.opsgenie.com/incident/detail/{own}"),
            ToolChain::Bitbucket => format!("https://app.incident.io/{ORGANISATION}/incidents/{number}"),
            ToolChain::Servicenow => {
                format!("https://{ORGANISATION}.service-now.com/nav_to.do?uri=incident.do?sysparm_query=number={own}")
            }
        }
    }
}

/// The number of a work item of Azure Boards.
pub(crate) fn work_item(place: &Place) -> u64 {
    FIRST_ITEM + place.slot * 5 + place.repository as u64
}

/// The number of a change request of ServiceNow.
pub(crate) fn change_request(place: &Place) -> String {
    format!("CHG{:07}", work_item(place))
}

/// An id in the form of a UUID.
pub(crate) fn universal_id(number: u64, salt: &str) -> String {
    let start = salt.bytes().fold(number, |sum, byte| mixed(sum, u64::from(byte)));
    let digits = format!("{:016x}{:016x}", start, mixed(start, 1));
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}
