//! What the columns of a Jira export mean, in the language of whoever exported it.

use crate::{
    source::plan::Plan,
    table::{
        Cells,
        header::{bracketed, plain},
    },
};
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Key,
    ProjectKey,
    Summary,
    Type,
    Status,
    StatusCategory,
    Resolution,
    Priority,
    Reporter,
    ReporterId,
    Assignee,
    AssigneeId,
    Creator,
    CreatorId,
    Created,
    Updated,
    Resolved,
    Labels,
    Components,
    Description,
    Comment,
    ChangeType,
    ChangeReason,
    Justification,
    WorkStart,
    WorkEnd,
    Severity,
    Urgency,
    Services,
    IncidentStart,
    IncidentEnd,
    Plan(Plan),
    /// Any other custom field: its text may name something.
    OtherField,
}

/// Which way a link goes, as its column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Inward,
    Outward,
    Unknown,
}

/// A column of issue links: `Inward issue link (Problem/Incident)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinkColumn {
    pub(super) column: usize,
    /// The type of the link and its direction: `Problem/Incident (inward)`.
    pub(super) label: String,
}

/// The columns of one export.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    roles: BTreeMap<Role, Vec<usize>>,
    pub(super) links: Vec<LinkColumn>,
    /// Bracketed columns that Jira itself names: custom fields and links.
    pub(super) bracketed: usize,
}

impl Columns {
    /// From a header; columns of one name all count.
    pub(super) fn of(header: &[String]) -> Self {
        let mut columns = Self::default();
        for (column, name) in header.iter().enumerate() {
            columns.add(column, name);
        }
        columns
    }

    fn add(&mut self, column: usize, name: &str) {
        let role = match bracketed(name) {
            (outer, Some(inner)) if is_custom_field(&plain(outer)) => {
                self.bracketed += 1;
                field_role(&plain(inner))
            }
            (outer, Some(inner)) => {
                let direction = direction_of(&plain(outer));
                self.bracketed += usize::from(direction != Direction::Unknown);
                let label = match direction {
                    Direction::Inward => format!("{inner} (inward)"),
                    Direction::Outward => format!("{inner} (outward)"),
                    Direction::Unknown => inner.to_owned(),
                };
                self.links.push(LinkColumn { column, label });
                None
            }
            (name, None) => standard_role(&plain(name)),
        };
        if let Some(role) = role {
            self.roles.entry(role).or_default().push(column);
        }
    }

    /// The columns with one meaning, in order.
    pub(super) fn all(&self, role: Role) -> &[usize] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, role: Role) -> bool {
        self.roles.contains_key(&role)
    }

    /// The first cell of a meaning that says something, and its column.
    pub(super) fn first<'c>(&self, role: Role, cells: &'c Cells) -> Option<(usize, &'c str)> {
        self.all(role).iter().find_map(|&column| Some((column, cells.value(column)?)))
    }

    /// How many of the columns that every issue has are named as Jira names them.
    pub(super) fn standard(&self) -> usize {
        use Role::{
            Assignee, Created, Creator, Priority, Reporter, Resolved, Status, StatusCategory, Summary, Type, Updated,
        };
        [Assignee, Created, Creator, Priority, Reporter, Resolved, Status, StatusCategory, Summary, Type, Updated]
            .into_iter()
            .filter(|&role| self.has(role))
            .count()
    }
}

/// Jira's own columns by their [`plain`] names in English (Cloud and Data Center), German, French,
/// Spanish, Portuguese, Italian, Polish, Chinese and Japanese.
fn standard_role(name: &str) -> Option<Role> {
    let role = match name {
        "issue key"
        | "key"
        | "work item key"
        | "vorgangsschlüssel"
        | "schlüssel"
        | "clé de ticket"
        | "clé du ticket"
        | "clé"
        | "clé de demande"
        | "clave de incidencia"
        | "clave de la incidencia"
        | "clave"
        | "chave da item"
        | "chave do item"
        | "chave da ocorrência"
        | "chave da pendência"
        | "chave"
        | "chiave"
        | "chiave segnalazione"
        | "chiave ticket"
        | "klucz zgłoszenia"
        | "klucz problemu"
        | "klucz"
        | "问题关键字"
        | "关键字"
        | "事务密钥"
        | "密钥"
        | "问题键"
        | "課題キー"
        | "キー" => Role::Key,
        "project key"
        | "projektschlüssel"
        | "clé de projet"
        | "clé du projet"
        | "clave del proyecto"
        | "clave de proyecto"
        | "chave do projeto"
        | "chiave progetto"
        | "klucz projektu"
        | "项目密钥"
        | "项目关键字"
        | "プロジェクト キー" => Role::ProjectKey,
        "summary" | "zusammenfassung" | "résumé" | "resumen" | "resumo" | "riepilogo" | "podsumowanie" | "概要"
        | "摘要" | "主题" | "要約" => Role::Summary,
        "issue type"
        | "work type"
        | "work item type"
        | "vorgangstyp"
        | "vorgangsart"
        | "typ"
        | "type de ticket"
        | "type de demande"
        | "type"
        | "tipo de incidencia"
        | "tipo"
        | "tipo de item"
        | "tipo de ocorrência"
        | "tipo de pendência"
        | "tipo di ticket"
        | "tipo segnalazione"
        | "typ zgłoszenia"
        | "typ problemu"
        | "问题类型"
        | "事务类型"
        | "类型"
        | "課題タイプ" => Role::Type,
        "status" | "état" | "statut" | "estado" | "situação" | "stato" | "stan" | "状态" | "ステータス" => {
            Role::Status
        }
        "status category"
        | "statuskategorie"
        | "catégorie d état"
        | "catégorie de statut"
        | "catégorie d états"
        | "categoría de estado"
        | "categoria de status"
        | "categoria do status"
        | "categoria stato"
        | "categoria di stato"
        | "kategoria statusu"
        | "状态类别"
        | "ステータス カテゴリ"
        | "ステータスカテゴリ" => Role::StatusCategory,
        "resolution" | "lösung" | "résolution" | "resolución" | "resolução" | "risoluzione" | "rozwiązanie"
        | "解决结果" => Role::Resolution,
        "priority" | "priorität" | "priorité" | "prioridad" | "prioridade" | "priorità" | "priorytet" | "优先级"
        | "優先度" => Role::Priority,
        "reporter"
        | "autor"
        | "melder"
        | "berichterstatter"
        | "rapporteur"
        | "auteur"
        | "informador"
        | "informante"
        | "reportador"
        | "relator"
        | "segnalatore"
        | "osoba zgłaszająca"
        | "zgłaszający"
        | "报告人"
        | "報告者"
        | "報告人" => Role::Reporter,
        "reporter id" | "autor id" | "id du rapporteur" | "id del informador" | "id do relator" | "报告人 id" => {
            Role::ReporterId
        }
        "assignee" | "bearbeiter" | "zugewiesene person" | "zugewiesen" | "responsable" | "attribution"
        | "personne assignée" | "persona asignada" | "responsável" | "assegnatario" | "osoba przypisana"
        | "przypisany" | "wykonawca" | "经办人" | "担当者" => Role::Assignee,
        "assignee id" | "id de la persona asignada" | "id do responsável" | "bearbeiter id" | "经办人 id" => {
            Role::AssigneeId
        }
        "creator" | "ersteller" | "créateur" | "creador" | "criador" | "creatore" | "autore" | "twórca" | "创建者"
        | "作成者" => Role::Creator,
        "creator id" | "ersteller id" | "创建者 id" => Role::CreatorId,
        "created" | "erstellt" | "création" | "créé" | "créée" | "creada" | "creado" | "criado" | "criada"
        | "creato" | "creata" | "utworzono" | "已创建" | "创建日期" | "创建" | "创建时间" | "作成日" => {
            Role::Created
        }
        "updated" | "aktualisiert" | "mise à jour" | "mis à jour" | "actualizada" | "actualizado" | "atualizado"
        | "atualizada" | "aggiornato" | "aggiornata" | "zaktualizowano" | "已更新" | "更新日期" | "更新"
        | "更新时间" | "更新日" => Role::Updated,
        "resolved" | "erledigt" | "gelöst" | "résolu" | "résolue" | "resuelta" | "resuelto" | "resolvido"
        | "resolvida" | "risolto" | "risolta" | "rozwiązano" | "已解决" | "解决日期" | "解决时间" | "解決日" => {
            Role::Resolved
        }
        "labels" | "label" | "stichwörter" | "étiquettes" | "etiquetas" | "rótulos" | "etichette" | "etykiety"
        | "标签" | "ラベル" => Role::Labels,
        "components"
        | "component s"
        | "component"
        | "komponenten"
        | "komponente n"
        | "composants"
        | "composant s"
        | "componentes"
        | "componente s"
        | "componenti"
        | "komponenty"
        | "组件"
        | "模块"
        | "コンポーネント" => Role::Components,
        "description" | "beschreibung" | "descripción" | "descrição" | "descrizione" | "opis" | "描述" | "説明" => {
            Role::Description
        }
        "comment" | "comments" | "kommentar" | "kommentare" | "commentaire" | "commentaires" | "comentario"
        | "comentarios" | "comentário" | "comentários" | "comentar" | "commento" | "commenti" | "komentarz"
        | "komentarze" | "评论" | "备注" | "注释" | "コメント" => Role::Comment,
        _ => return None,
    };
    Some(role)
}

/// Custom fields keep the name that an administrator gave them, whatever the language of the export.
pub(crate) fn field_role(inner: &str) -> Option<Role> {
    let role = match inner {
        // Programs' own texts, people who were only asked, and keys of what an issue is merely part of.
        "approvals" | "approvers" | "approver groups" | "development" | "rank" | "sprint" | "epic link"
        | "epic name" | "epic color" | "parent link" | "request type" | "satisfaction" => return None,
        "change type" | "änderungstyp" | "art der änderung" | "type de changement" | "tipo de cambio"
        | "tipo de mudança" | "tipo di modifica" | "typ zmiany" | "变更类型" | "変更タイプ" => {
            Role::ChangeType
        }
        "change reason"
        | "reason for change"
        | "änderungsgrund"
        | "grund der änderung"
        | "motif du changement"
        | "raison du changement"
        | "motivo del cambio"
        | "motivo da mudança"
        | "motivo della modifica"
        | "powód zmiany"
        | "变更原因"
        | "変更理由" => Role::ChangeReason,
        "justification"
        | "business justification"
        | "emergency justification"
        | "begründung"
        | "justificación"
        | "justificativa"
        | "giustificazione"
        | "uzasadnienie"
        | "理由" => Role::Justification,
        "actual start"
        | "actual start date"
        | "implementation start"
        | "tatsächlicher start"
        | "tatsächlicher beginn"
        | "début réel"
        | "inicio real"
        | "início real"
        | "inizio effettivo"
        | "实际开始" => Role::WorkStart,
        "actual end"
        | "actual end date"
        | "actual completion date"
        | "implementation end"
        | "implemented at"
        | "implementation date"
        | "tatsächliches ende"
        | "fin réelle"
        | "fin real"
        | "fim real"
        | "fine effettiva"
        | "实际结束" => Role::WorkEnd,
        "severity" | "incident severity" | "schweregrad" | "gravité" | "gravedad" | "severidad" | "severidade"
        | "gravità" | "严重程度" => Role::Severity,
        "urgency" | "dringlichkeit" | "urgence" | "urgencia" | "urgência" | "urgenza" | "pilność" | "紧急程度" => {
            Role::Urgency
        }
        "affected services"
        | "affected service"
        | "service"
        | "betroffene services"
        | "services concernés"
        | "servicios afectados"
        | "serviços afetados"
        | "受影响的服务" => Role::Services,
        "incident start" | "impact start" | "started at" | "start of incident" | "start of outage" => {
            Role::IncidentStart
        }
        "incident end" | "impact end" | "resolved at" | "end of incident" | "end of outage" => Role::IncidentEnd,
        _ => Plan::named(inner).map_or(Role::OtherField, Role::Plan),
    };
    Some(role)
}

fn is_custom_field(outer: &str) -> bool {
    matches!(
        outer,
        "custom field"
            | "benutzerdefiniertes feld"
            | "benutzerdefinierte felder"
            | "champ personnalisé"
            | "champs personnalisés"
            | "campo personalizado"
            | "campos personalizados"
            | "campo personalizzato"
            | "pole niestandardowe"
            | "aangepast veld"
            | "自定义字段"
            | "カスタム フィールド"
            | "カスタムフィールド"
    )
}

/// Link columns are known by one word of their name in any language; others keep their type without a direction.
fn direction_of(outer: &str) -> Direction {
    const INWARD: [&str; 9] =
        ["inward", "eingehend", "entrant", "entrada", "entrante", "ingresso", "przychodz", "内向", "内部"];
    const OUTWARD: [&str; 9] =
        ["outward", "ausgehend", "sortant", "salida", "saída", "uscita", "wychodz", "外向", "外部"];
    let has = |words: [&str; 9]| words.iter().any(|word| outer.contains(word));
    match (has(INWARD), has(OUTWARD)) {
        (true, false) => Direction::Inward,
        (false, true) => Direction::Outward,
        _ => Direction::Unknown,
    }
}
