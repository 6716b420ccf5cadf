//! Its people. All of them are invented; addresses use the reserved domain example.com.

use crate::numbers::place;

/// A colleague, by place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Person(pub(crate) usize);

/// Who stands behind a pull request or a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Account {
    /// A colleague.
    Person(Person),
    /// An automation, by the slug of its app.
    Bot(&'static str),
    /// Somebody whose account no longer exists.
    Deleted,
}

impl Account {
    /// The colleague, if it is one.
    pub(crate) fn person(self) -> Option<Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Bot(_) | Self::Deleted => None,
        }
    }
}

/// A group of colleagues that works on one repository; the first is its lead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Team {
    first: usize,
    size: usize,
}

impl Team {
    pub(crate) const BOOKING: Self = Self { first: 0, size: 19 };
    pub(crate) const CUSTOMS: Self = Self { first: 19, size: 16 };
    pub(crate) const PLATFORM: Self = Self { first: 35, size: 13 };
    pub(crate) const RATES: Self = Self { first: 48, size: 7 };
    pub(crate) const STATUS_PAGE: Self = Self { first: 55, size: 1 };

    pub(crate) fn lead(self) -> Person {
        Person(self.first)
    }

    /// A member other than the lead, by any number; the lead of a team of one.
    pub(crate) fn member(self, n: u64) -> Person {
        match self.size.saturating_sub(1) as u64 {
            0 => self.lead(),
            others => Person(self.first + 1 + place(n % others)),
        }
    }

    /// A member other than the one given (who may be from elsewhere); nobody in a team of one.
    pub(crate) fn colleague(self, of: Option<Person>, n: u64) -> Option<Person> {
        let seat = |n: u64| Person(self.first + place(n % self.size as u64));
        [seat(n), seat(n + 1)].into_iter().find(|person| Some(*person) != of)
    }
}

/// The chief technology officer.
pub(crate) const CTO: Person = Person(56);
/// The head of engineering.
pub(crate) const HEAD_OF_ENGINEERING: Person = Person(57);
/// The chief information security officer.
pub(crate) const CISO: Person = Person(58);

impl Person {
    /// The login on GitHub.
    pub(crate) fn login(self) -> &'static str {
        PEOPLE.get(self.0).map_or("", |(login, _)| login)
    }

    /// The full name.
    pub(crate) fn name(self) -> &'static str {
        PEOPLE.get(self.0).map_or("", |(_, name)| name)
    }

    /// The address of mail.
    pub(crate) fn address(self) -> String {
        format!("{}@example.com", self.login())
    }

    /// The title that is written behind the name in an authorisation.
    pub(crate) fn title(self) -> &'static str {
        match self {
            CTO => "CTO",
            HEAD_OF_ENGINEERING => "Head of Engineering",
            CISO => "CISO",
            _ => "Engineering Lead",
        }
    }

    /// The account id on Jira Cloud.
    pub(crate) fn jira_account(self) -> String {
        format!("712020:5f1c{:04x}-7d0e-4b1a-9c3e-{:012x}", self.0, 0x4d41_524c_u64 + self.0 as u64 * 977)
    }
}

const PEOPLE: [(&str, &str); 59] = [
    // Booking
    ("ines-okafor", "Ines Okafor"),
    ("tlundqvist", "Tove Lundqvist"),
    ("rahel-amsler", "Rahel Amsler"),
    ("jpvoss", "Jan-Peter Voss"),
    ("mkowalczyk", "Marta Kowalczyk"),
    ("dan-oyelaran", "Dan Oyelaran"),
    ("s-brandvold", "Sigrid Brandvold"),
    ("hieu-tran-mp", "Hiếu Trần"),
    ("acastellan", "Aitana Castellan"),
    ("femke-dejonge", "Femke de Jonge"),
    ("oskarw-mp", "Oskar Wrzesień"),
    ("lmarchetti", "Livia Marchetti"),
    ("noor-haddadin", "Noor Haddadin"),
    ("kbeltrame", "Kaspar Beltrame"),
    ("yuki-arisawa", "Yuki Arisawa"),
    ("gethin-pr", "Gethin Prosser"),
    ("zsofia-v", "Zsófia Várkonyi"),
    ("ttembo", "Thandiwe Tembo"),
    ("ruben-aalto", "Ruben Aalto"),
    // Customs
    ("callum-reyes", "Callum Reyes"),
    ("nilufer-a", "Nilüfer Aksoylu"),
    ("pdrummond-mp", "Perrin Drummond"),
    ("ewa-stolarz", "Ewa Stolarz"),
    ("mbakari", "Mosi Bakari"),
    ("ilse-vanhorn", "Ilse van Hoorn"),
    ("arjun-menonk", "Arjun Menonkara"),
    ("britta-sjo", "Britta Sjövall"),
    ("l-quintela", "Lourdes Quintela"),
    ("tobias-eckerle", "Tobias Eckerle"),
    ("amina-derrough", "Amina Derrough"),
    ("vkalnins", "Valdis Kalniņš"),
    ("siobhan-mcg", "Siobhan McGlade"),
    ("henrik-uusitalo", "Henrik Uusitalo"),
    ("chidi-nwabueze", "Chidi Nwabuezor"),
    ("paola-ferrante", "Paola Ferranti"),
    // Platform
    ("mei-castellanos", "Mei Castellanos"),
    ("roland-teck", "Roland Teck"),
    ("hadiza-b", "Hadiza Bellowu"),
    ("fjodor-lind", "Fjodor Lindemark"),
    ("carys-blevins", "Carys Blevins"),
    ("emre-yalcin", "Emre Yalçınoğlu"),
    ("g-santorelli", "Gaia Santorelli"),
    ("bram-kuiperij", "Bram Kuiperij"),
    ("saoirse-dunn", "Saoirse Dunnell"),
    ("tk-mahlaba", "Thulani Mahlaba"),
    ("inga-petrosyan", "Inga Petrosian"),
    ("luc-vermandel", "Luc Vermandel"),
    ("dorota-zych", "Dorota Zychowska"),
    // Rates
    ("wanjiru-k", "Wanjiru Kamathi"),
    ("sven-aagaard", "Sven Aagaardsen"),
    ("maelle-gt", "Maëlle Guitton"),
    ("o-barzani", "Ojan Barzanji"),
    ("peti-halasz", "Péter Halászi"),
    ("anneli-roos", "Anneli Roosimaa"),
    ("q-ndlovu", "Qiniso Ndlovana"),
    // Status page
    ("tam-ferreday", "Tam Ferreday"),
    // Leadership
    ("astrid-holmgaard", "Astrid Holmgaard"),
    ("desmond-okoye-mp", "Desmond Okoyeze"),
    ("ravenna-stile", "Ravenna Stile"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn everybody_is_there_once_and_the_titles_fit() {
        let logins: BTreeSet<_> = PEOPLE.iter().map(|(login, _)| login).collect();
        assert_eq!(logins.len(), PEOPLE.len());
        for (person, name) in [
            (CTO, "Astrid Holmgaard"),
            (CISO, "Ravenna Stile"),
            (Team::BOOKING.lead(), "Ines Okafor"),
            (Team::CUSTOMS.lead(), "Callum Reyes"),
            (Team::PLATFORM.lead(), "Mei Castellanos"),
            (Team::RATES.lead(), "Wanjiru Kamathi"),
            (Team::STATUS_PAGE.lead(), "Tam Ferreday"),
        ] {
            assert_eq!(person.name(), name);
        }
    }

    #[test]
    fn a_colleague_is_never_oneself() {
        for n in 0..40 {
            let author = Team::RATES.member(n);
            assert_ne!(Team::RATES.colleague(Some(author), n), Some(author));
        }
        assert_eq!(Team::STATUS_PAGE.colleague(Some(Person(55)), 3), None);
    }
}
