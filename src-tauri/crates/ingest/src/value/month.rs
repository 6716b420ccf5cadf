//! Names of months as exports write them, which is in the language of whoever exported.

/// Month 1 to 12 of a lower-case name or abbreviation without its full stop, in English, German,
/// French, Spanish, Portuguese, Italian, Dutch, Polish and Chinese (names after the Unicode CLDR).
pub(super) fn by_name(word: &str) -> Option<u32> {
    let number =
        match word {
            "jan" | "january" | "januar" | "jän" | "jänner" | "januari" | "janv" | "janvier" | "ene" | "enero"
            | "janeiro" | "gen" | "gennaio" | "sty" | "stycznia" | "styczeń" | "一月" => 1,
            "feb" | "february" | "februar" | "februari" | "févr" | "fév" | "fevr" | "février" | "febr" | "febrero"
            | "fev" | "fevereiro" | "febbraio" | "lut" | "lutego" | "luty" | "二月" => 2,
            "mar" | "march" | "mär" | "märz" | "mrz" | "mars" | "mrt" | "maart" | "marzo" | "março" | "marca"
            | "marzec" | "三月" => 3,
            "apr" | "april" | "avr" | "avril" | "abr" | "abril" | "aprile" | "kwi" | "kwietnia" | "kwiecień"
            | "四月" => 4,
            "may" | "mai" | "mei" | "mayo" | "maio" | "mag" | "maggio" | "maj" | "maja" | "五月" => 5,
            "jun" | "june" | "juni" | "juin" | "junio" | "junho" | "giu" | "giugno" | "cze" | "czerwca"
            | "czerwiec" | "六月" => 6,
            "jul" | "july" | "juli" | "juil" | "juillet" | "julio" | "julho" | "lug" | "luglio" | "lip" | "lipca"
            | "lipiec" | "七月" => 7,
            "aug" | "august" | "augustus" | "août" | "aout" | "ago" | "agosto" | "sie" | "sierpnia" | "sierpień"
            | "八月" => 8,
            "sep" | "sept" | "september" | "septembre" | "septiembre" | "set" | "setembro" | "settembre" | "wrz"
            | "września" | "wrzesień" | "九月" => 9,
            "oct" | "october" | "okt" | "oktober" | "octobre" | "octubre" | "out" | "outubro" | "ott" | "ottobre"
            | "paź" | "października" | "październik" | "十月" => 10,
            "nov" | "november" | "novembre" | "noviembre" | "novembro" | "lis" | "listopada" | "listopad"
            | "十一月" => 11,
            "dec" | "december" | "dez" | "dezember" | "déc" | "décembre" | "dic" | "diciembre" | "dezembro"
            | "dicembre" | "gru" | "grudnia" | "grudzień" | "十二月" => 12,
            _ => return None,
        };
    Some(number)
}
